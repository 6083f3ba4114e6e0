using System.Globalization;

namespace ContactsService.Filtering;

internal enum PlusSign
{
    None,

    /// <summary>A blank stands where a plus could: a plus that was not escaped in a query string arrives so.</summary>
    Blank,

    Written,
}

/// <summary>
/// Takes digits and extension out of a written number: free text, tel: URIs (RFC 3966) and the user part of SIP addresses.
/// Blanks, dashes, brackets, direction marks and whatever else is no digit, letter or mark of an extension separates.
/// </summary>
internal ref struct PhoneNumberReader(string text, Span<char> digits)
{
    /// <summary>More digits than any number has, with prefixes. A text with more of them is no phone number.</summary>
    public const int MaxDigits = 40;

    private const int MaxTextLength = 128;
    private const int MaxExtensionLength = 20;

    // After , # and x, which also stand between two numbers.
    private const int MaxShortExtensionLength = 9;

    // 1-800-FLOWERS, but not "0221 5550134 home": vanity letters stand behind a few digits only.
    private const int MinVanityLetters = 3;
    private const int MaxDigitsBeforeVanity = 8;

    private const string KeypadDigits = "22233344455566677778889999";
    private const string ExtensionParameter = ";ext=";
    private const string ContextParameter = ";phone-context=";
    private const string TelScheme = "tel:";

    private readonly Span<char> _digits = digits;
    private int _count;
    private int _letters;
    private int _digitsBeforeLetters;
    private bool _hasOtherLetters;

    public readonly ReadOnlySpan<char> Digits => _digits[.._count];

    public string? Extension { get; private set; }

    public PlusSign Plus { get; private set; }

    /// <summary>Such as *21#: a code, in which each character counts.</summary>
    public bool IsServiceCode { get; private set; }

    /// <summary>False when the text is no phone number.</summary>
    public bool Read()
    {
        if (text.Length > MaxTextLength)
        {
            return false;
        }

        AddContext();
        var i = text.StartsWith(TelScheme, StringComparison.OrdinalIgnoreCase) ? TelScheme.Length : 0;
        while (i < text.Length && _count < MaxDigits)
        {
            var next = ReadAt(i);
            if (next < 0)
            {
                break;
            }

            i = next;
        }

        var isVanity = _letters >= MinVanityLetters && _digitsBeforeLetters <= MaxDigitsBeforeVanity && !_hasOtherLetters;
        _count = _letters > 0 && !isVanity ? _digitsBeforeLetters : _count;
        return _count is > 0 and < MaxDigits;
    }

    /// <summary>A local number in a tel: URI stands behind its context when that is a number: RFC 3966, section 5.1.5.</summary>
    private void AddContext()
    {
        var start = text.IndexOf(ContextParameter, StringComparison.OrdinalIgnoreCase);
        var context = start < 0 ? "" : text[(start + ContextParameter.Length)..].Split(';')[0];
        if (context.StartsWith('+') && !text.AsSpan(0, start).Contains('+'))
        {
            Plus = PlusSign.Written;
            foreach (var digit in context.Where(char.IsAsciiDigit).Take(MaxDigits))
            {
                _digits[_count++] = digit;
            }
        }
    }

    /// <summary>Reads what stands at a place; answers the next place, or -1 at the end of the number.</summary>
    private int ReadAt(int i)
    {
        var character = text[i];
        if (char.IsAsciiDigit(character))
        {
            AddDigit(character, i);
            return i + 1;
        }

        switch (character)
        {
            case ' ' or '-' or '(' or ')' or '.' or '/':
                return i + 1;
            case '+' or '\uFF0B' or '\uFE62' or '\u207A':
                Plus = _count == 0 ? PlusSign.Written : Plus;
                return i + 1;
            case '*' or '\uFF0A':
                return AddCodeCharacter('*', i);
            case '#' or '\uFF03' when _count == 0:
                return AddCodeCharacter('#', i);
            case '#' or '\uFF03' or ',' or '\uFF0C' when _count > 0:
                Extension = ReadExtension(i + 1, MaxShortExtensionLength);
                return -1;
            case ';':
                ReadParameters(i);
                return -1;
            case '@':
                // sip:4711@example.com has a number, alice2@example.com has none.
                _count = text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..i].Any(char.IsLetter) ? 0 : _count;
                return -1;
        }

        var value = DigitAt(text, i);
        if (value >= 0)
        {
            AddDigit((char)('0' + value), i);
            return i + (char.IsHighSurrogate(character) ? 2 : 1);
        }

        return char.IsLetter(character) ? ReadWord(i) : i + 1;
    }

    private void AddDigit(char digit, int i)
    {
        if (_count == 0 && Plus == PlusSign.None && i > 0 && text[i - 1] == ' ')
        {
            var before = text.AsSpan(0, i).Trim(' ');
            Plus = before.IsEmpty || before.Equals(TelScheme, StringComparison.OrdinalIgnoreCase) ? PlusSign.Blank : PlusSign.None;
        }

        _digits[_count++] = digit;
    }

    private int AddCodeCharacter(char character, int i)
    {
        IsServiceCode = true;
        _digits[_count++] = character;
        return i + 1;
    }

    /// <summary>A word before the number is a label, behind it the mark of an extension, or vanity letters.</summary>
    private int ReadWord(int start)
    {
        var end = start + 1;
        while (end < text.Length && char.IsLetter(text[end]))
        {
            end++;
        }

        if (_count == 0)
        {
            return end;
        }

        var word = text.AsSpan(start, end - start);
        if (MaxExtensionAfter(word) is > 0 and var maxLength && ReadExtension(end, maxLength) is { } extension)
        {
            Extension = extension;
            return -1;
        }

        _digitsBeforeLetters = _letters == 0 ? _count : _digitsBeforeLetters;
        foreach (var character in word)
        {
            // Full-width letters are a fixed distance from those of ASCII.
            var letter = (character is >= '\uFF21' and <= '\uFF5A' ? character - 0xFEE0 : character) & ~0x20;
            _letters++;
            if (letter is < 'A' or > 'Z')
            {
                _hasOtherLetters = true;
            }
            else if (_count < MaxDigits)
            {
                _digits[_count++] = KeypadDigits[letter - 'A'];
            }
        }

        return end;
    }

    private static int MaxExtensionAfter(ReadOnlySpan<char> word)
    {
        if (word is "x" or "X" or "\uFF58" or "\uFF38")
        {
            return MaxShortExtensionLength;
        }

        return word.Equals("ext", StringComparison.OrdinalIgnoreCase) || word.Equals("extension", StringComparison.OrdinalIgnoreCase)
            ? MaxExtensionLength
            : 0;
    }

    private void ReadParameters(int start)
    {
        var extension = text.IndexOf(ExtensionParameter, start, StringComparison.OrdinalIgnoreCase);
        Extension = extension < 0
            ? Extension
            : ReadExtension(extension + ExtensionParameter.Length, MaxExtensionLength);
    }

    /// <summary>The digits that follow, without separators before and between them; null when there are none or too many.</summary>
    private readonly string? ReadExtension(int start, int maxLength)
    {
        Span<char> extension = stackalloc char[maxLength];
        var count = 0;
        for (var i = start; i < text.Length && !char.IsLetter(text[i]) && text[i] != ';'; i++)
        {
            var value = DigitAt(text, i);
            if (value >= 0 && count == maxLength)
            {
                return null;
            }

            if (value >= 0)
            {
                extension[count++] = (char)('0' + value);
            }
            else if (count > 0 && text[i] is ',' or '#')
            {
                // A pause, or the end of what is keyed in.
                break;
            }
        }

        return count == 0 ? null : extension[..count].ToString();
    }

    private static int DigitAt(string text, int i) =>
        char.IsAscii(text[i]) ? (char.IsAsciiDigit(text[i]) ? text[i] - '0' : -1) : CharUnicodeInfo.GetDecimalDigitValue(text, i);
}
