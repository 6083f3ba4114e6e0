using ContactsService.Filtering;

namespace ContactsService.Tests.Filtering;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("+49 221 5550134")]
    [InlineData("+492215550134")]
    [InlineData("0049221 5550134")]
    [InlineData("0221 5550134")]
    [InlineData("(0221) 555-0134")]
    [InlineData("0221/5550134")]
    [InlineData("0221.555.01.34")]
    [InlineData("0221\u20115550134")] // non-breaking hyphen
    [InlineData("0221 \u2013 555\u20140134")] // dashes
    [InlineData("0221\u00A0555\u202F0134")] // non-breaking blanks
    [InlineData("+49 (0) 221 5550134")]
    [InlineData("+49(0)221 5550134")]
    [InlineData("+49 0221 5550134")]
    [InlineData("0049 (0)221 5550134")]
    [InlineData("tel:+49-221-5550134")]
    [InlineData("TEL:+49-221-5550134")]
    [InlineData("tel:0221-5550134;phone-context=example.com")]
    [InlineData("tel:5550134;phone-context=+49221")]
    [InlineData("tel:+49-221-5550134;phone-context=+1")]
    [InlineData("sip:+492215550134@pbx.example.com;user=phone")]
    [InlineData(" 49 221 5550134")] // a plus that a query string turned into a blank
    [InlineData("tel: 49-221-5550134")]
    [InlineData(" 0221 5550134 ")]
    [InlineData("\uFF0B\uFF14\uFF19 \uFF12\uFF12\uFF11 \uFF15\uFF15\uFF15\uFF10\uFF11\uFF13\uFF14")] // full width
    [InlineData("\uFF10\uFF12\uFF12\uFF11\u3000\uFF15\uFF15\uFF15\uFF0D\uFF10\uFF11\uFF13\uFF14")]
    [InlineData("\u0660\u0662\u0662\u0661 \u0665\u0665\u0665\u0660\u0661\u0663\u0664")] // Arabic-Indic
    [InlineData("\u06F0\u06F2\u06F2\u06F1 \u06F5\u06F5\u06F5\u06F0\u06F1\u06F3\u06F4")] // Persian
    [InlineData("\u0966\u0968\u0968\u0967 \u096B\u096B\u096B\u0966\u0967\u0969\u096A")] // Devanagari
    [InlineData("\U0001D7CE221 555013\U0001D7D2")] // mathematical digits, beyond the first 65,536 characters
    [InlineData("\u200E+49 221 5550134\u200F")]
    [InlineData("\u202A+49 221 5550134\u202C")]
    [InlineData("\u202D0221\u202E 5550134")]
    [InlineData("\u2066+49 221 5550134\u2069")]
    [InlineData("B\u00FCro: 0221 5550134")]
    [InlineData("0221 5550134 (home)")]
    [InlineData("0221 5550134, 0221 5550135")] // the first of two
    public void Reads_every_spelling_of_a_number(string text) => Check(text, "DE", "492215550134", null, true);

    [Theory]
    [InlineData("0221 5550134 x12")]
    [InlineData("0221 5550134x12")]
    [InlineData("0221 5550134 X 12")]
    [InlineData("0221 5550134 ext12")]
    [InlineData("0221 5550134 ext. 12")]
    [InlineData("0221 5550134 Ext: 12")]
    [InlineData("0221 5550134 extension 12")]
    [InlineData("0221 5550134#12")]
    [InlineData("0221 5550134 # 12")]
    [InlineData("0221 5550134,12")]
    [InlineData("0221 5550134,,12#")]
    [InlineData("tel:+49-221-5550134;ext=12")]
    [InlineData("tel:+49-221-5550134;isub=1;EXT=12")]
    [InlineData("tel:5550134;ext=12;phone-context=+49-221")]
    [InlineData("+49 221 5550134 \uFF58\uFF11\uFF12")]
    [InlineData("\u200E+49 221 5550134 ext.\u00A0\u0661\u0662")]
    public void Reads_extensions(string text) => Check(text, "DE", "492215550134", "12", true);

    [Theory]
    [InlineData("1-800-FLOWERS", "18003569377", null)]
    [InlineData("1 (800) flowers", "18003569377", null)]
    [InlineData("1-800-FLOWERS x12", "18003569377", "12")]
    [InlineData("+1-800-FLOWERS ext. 12", "18003569377", "12")]
    [InlineData("1-800-GO-FEDEX", "18004633339", null)]
    [InlineData("1-800-4MY-RIDE", "18004697433", null)]
    [InlineData("1-800-XEROX-55", "18009376955", null)]
    public void Reads_vanity_letters_as_digits(string text, string digits, string? extension) => Check(text, "US", digits, extension, true);

    [Theory]
    [InlineData("110", "DE", "110")]
    [InlineData("4711", "DE", "4711")]
    [InlineData("x4711", "DE", "4711")]
    [InlineData("4711@pbx.example.com", "DE", "4711")]
    [InlineData("5550134", "DE", "5550134")]
    [InlineData("tel:4711;phone-context=example.com", "DE", "4711")]
    [InlineData("911", "US", "911")]
    [InlineData("555-0134", "US", "5550134")]
    [InlineData("112", "IT", "112")]
    [InlineData("6234 5678", "CN", "62345678")]
    [InlineData("999", "GB", "999")]
    [InlineData("3631", "FR", "3631")]
    [InlineData("*21*4711#", "DE", "*21*4711")]
    [InlineData("#31", "DE", "#31")]
    [InlineData("+999 123", "DE", "999123")] // no country code
    public void Leaves_short_internal_and_local_numbers_as_they_are(string text, string region, string digits) =>
        Check(text, region, digits, null, false);

    [Fact]
    public void Leaves_short_numbers_as_they_are_in_every_region()
    {
        // Niue and Tokelau have numbers of four digits.
        foreach (var region in NumberingPlans.AllRegions.Except(["NU", "TK"]))
        {
            Check("112", region, "112", null, false);
            Check("4711", region, "4711", null, false);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("+")]
    [InlineData("FLOWERS")]
    [InlineData("alice2@example.com")]
    [InlineData("sip:bob.smith3@example.com")]
    [InlineData("1234567890123456789012345678901234567890")]
    public void Finds_no_number_in_what_has_none(string text) => Assert.Null(PhoneNumber.Parse(text, "DE"));

    [Theory]
    [InlineData("0221 5550134", "02215550134", false)]
    [InlineData("+49 221 5550134", "492215550134", true)]
    [InlineData("0049 221 5550134", "492215550134", true)]
    [InlineData(" 49 221 5550134", "492215550134", true)]
    [InlineData("011 49 221 5550134", "011492215550134", false)]
    [InlineData("49 221 5550134", "492215550134", false)]
    [InlineData("(202) 555-0134", "2025550134", false)]
    public void Compares_digits_without_a_region(string text, string digits, bool isInternational)
    {
        Check(text, null, digits, null, isInternational);
        Check(text, "ZZ", digits, null, isInternational);
    }

    [Theory]
    [InlineData("IT", "06 698 12345", "390669812345")]
    [InlineData("IT", "+39 06 698 12345", "390669812345")]
    [InlineData("IT", "347 123 4567", "393471234567")]
    [InlineData("IT", "800 123456", "39800123456")]
    [InlineData("VA", "06 698 81511", "390669881511")]
    [InlineData("SM", "0549 886377", "3780549886377")]
    [InlineData("SM", "886377", "3780549886377")]
    [InlineData("SM", "+378 0549 886377", "3780549886377")]
    [InlineData("AR", "011 4321-5678", "541143215678")]
    [InlineData("AR", "011 15-1234-5678", "5491112345678")]
    [InlineData("AR", "11 15-1234-5678", "5491112345678")]
    [InlineData("AR", "0221 15 412-3456", "5492214123456")]
    [InlineData("AR", "02954 15 41-2345", "5492954412345")]
    [InlineData("AR", "+54 9 11 1234 5678", "5491112345678")]
    [InlineData("AR", "+54 11 15 1234 5678", "5491112345678")]
    [InlineData("BR", "(11) 91234-5678", "5511912345678")]
    [InlineData("BR", "011 91234-5678", "5511912345678")]
    [InlineData("BR", "0 15 11 91234-5678", "5511912345678")]
    [InlineData("BR", "0 21 11 2345-6789", "551123456789")]
    [InlineData("BR", "0800 123 4567", "558001234567")]
    [InlineData("BR", "4004-1234", "5540041234")]
    [InlineData("BR", "0015 49 221 5550134", "492215550134")]
    [InlineData("MX", "55 1234 5678", "525512345678")]
    [InlineData("MX", "01 55 1234 5678", "525512345678")]
    [InlineData("MX", "044 55 1234 5678", "525512345678")]
    [InlineData("MX", "045 55 1234 5678", "525512345678")]
    [InlineData("MX", "+52 1 55 1234 5678", "525512345678")]
    [InlineData("US", "(202) 555-0134", "12025550134")]
    [InlineData("us", "1 202 555 0134", "12025550134")]
    [InlineData("US", "011 49 221 5550134", "492215550134")]
    [InlineData("US", " 6505550134", "16505550134")] // +65 05550134 is no number
    [InlineData("CA", "416-555-0134", "14165550134")]
    [InlineData("CA", "310-1234", "13101234")]
    [InlineData("JM", "876 555 0134", "18765550134")]
    [InlineData("JM", "658-555-0134", "16585550134")]
    [InlineData("DO", "829-555-0134", "18295550134")]
    [InlineData("DO", "1 849 555 0134", "18495550134")]
    [InlineData("GB", "020 7946 0123", "442079460123")]
    [InlineData("GB", "0800 1111", "448001111")]
    [InlineData("GB", "+44 (0)20 7946 0123", "442079460123")]
    [InlineData("JE", "01534 456789", "441534456789")]
    [InlineData("GG", "01481 256789", "441481256789")]
    [InlineData("IM", "020 7946 0123", "442079460123")]
    [InlineData("RU", "8 (495) 123-45-67", "74951234567")]
    [InlineData("RU", "8 800 555-35-35", "78005553535")]
    [InlineData("RU", "+7 (8) 495 123-45-67", "74951234567")]
    [InlineData("RU", "8~10 49 221 5550134", "492215550134")]
    [InlineData("KZ", "8 (727) 250-12-34", "77272501234")]
    [InlineData("FR", "01 42 68 53 00", "33142685300")]
    [InlineData("FR", "+33 (0)1 42 68 53 00", "33142685300")]
    [InlineData("FR", "0262 12 34 56", "262262123456")]
    [InlineData("FR", "0690 12 34 56", "590690123456")]
    [InlineData("RE", "0262 12 34 56", "262262123456")]
    [InlineData("RE", "01 42 68 53 00", "33142685300")]
    [InlineData("YT", "0269 60 12 34", "262269601234")]
    [InlineData("GP", "0590 20 12 34", "590590201234")]
    [InlineData("MQ", "0596 30 12 34", "596596301234")]
    [InlineData("GF", "0594 10 12 34", "594594101234")]
    [InlineData("PM", "0508 41 12 34", "508411234")]
    [InlineData("PM", "41 12 34", "508411234")]
    [InlineData("NO", "21 23 45 67", "4721234567")]
    [InlineData("SJ", "79 12 34 56", "4779123456")]
    [InlineData("AU", "(02) 1234 5678", "61212345678")]
    [InlineData("AU", "0412 345 678", "61412345678")]
    [InlineData("AU", "1300 123 456", "611300123456")]
    [InlineData("AU", "13 12 34", "61131234")]
    [InlineData("AU", "0011 49 221 5550134", "492215550134")]
    [InlineData("CX", "(08) 9164 1234", "61891641234")]
    [InlineData("CC", "(08) 9162 1234", "61891621234")]
    [InlineData("HU", "06 1 234 5678", "3612345678")]
    [InlineData("HU", "+36 (06) 1 234 5678", "3612345678")]
    [InlineData("HU", "1 234 5678", "3612345678")]
    [InlineData("LT", "8 612 34567", "37061234567")]
    [InlineData("LT", "0 612 34567", "37061234567")]
    [InlineData("LT", "+370 (8) 612 34567", "37061234567")]
    [InlineData("LT", "8 800 12345", "37080012345")]
    [InlineData("CI", "07 12 34 56 78", "2250712345678")]
    [InlineData("CI", "+225 07 12 34 56 78", "2250712345678")]
    [InlineData("SG", "6123 4567", "6561234567")]
    [InlineData("SG", "1800 123 4567", "6518001234567")]
    [InlineData("HK", "2123 4567", "85221234567")]
    [InlineData("HK", "001 49 221 5550134", "492215550134")]
    [InlineData("CN", "010 6234 5678", "861062345678")]
    [InlineData("CN", "0755 2345 6789", "8675523456789")]
    [InlineData("CN", "139 1234 5678", "8613912345678")]
    [InlineData("CN", "17951 139 1234 5678", "8613912345678")]
    [InlineData("CN", "400 123 4567", "864001234567")]
    [InlineData("JP", "03-1234-5678", "81312345678")]
    [InlineData("JP", "090-1234-5678", "819012345678")]
    [InlineData("JP", "0120-123-456", "81120123456")]
    [InlineData("JP", "010 49 221 5550134", "492215550134")]
    [InlineData("KR", "02-312-3456", "8223123456")]
    [InlineData("KR", "010-1234-5678", "821012345678")]
    [InlineData("KR", "1588-1234", "8215881234")]
    [InlineData("KR", "00700 49 221 5550134", "492215550134")]
    [InlineData("IN", "098765 43210", "919876543210")]
    [InlineData("IN", "98765 43210", "919876543210")]
    [InlineData("IN", "1800 425 3800", "9118004253800")]
    [InlineData("ID", "0812-3456-7890", "6281234567890")]
    [InlineData("ID", "(021) 8350123", "62218350123")]
    [InlineData("VN", "0912 345 678", "84912345678")]
    [InlineData("VN", "024 3825 1234", "842438251234")]
    [InlineData("VN", "1900 1234", "8419001234")]
    [InlineData("NG", "0802 123 4567", "2348021234567")]
    [InlineData("NG", "009 49 221 5550134", "492215550134")]
    [InlineData("ZA", "082 123 4567", "27821234567")]
    [InlineData("EG", "010 0123 4567", "201001234567")]
    [InlineData("EG", "02 34567890", "20234567890")]
    [InlineData("DE", "+800 1234 5678", "80012345678")]
    public void Reads_national_numbers_by_the_plan_of_the_region(string region, string text, string digits) =>
        Check(text, region, digits, null, true);

    [Theory]
    [InlineData("+49 221 5550134", "0221 5550134", "DE", true)]
    [InlineData("0221 5550134", "492215550134", "DE", true)]
    [InlineData("0221 5550134", "+49 221 5550134", null, false)]
    [InlineData("0221 5550134", "0221/5550134", null, true)]
    [InlineData("0221 5550134", "5550134", "DE", false)]
    [InlineData("+49 221 5554711", "4711", "DE", false)]
    [InlineData("0221 5550134 x12", "0221 5550134", "DE", true)]
    [InlineData("0221 5550134", "0221 5550134 x12", "DE", true)]
    [InlineData("0221 5550134 x12", "0221 5550134,12", "DE", true)]
    [InlineData("0221 5550134 x12", "0221 5550134 x13", "DE", false)]
    [InlineData("0221 5550134 x12", "0221 555013412", "DE", false)]
    [InlineData("+54 11 1234 5678", "+54 9 11 1234 5678", "AR", false)]
    public void Matches_the_same_number_without_another_extension(string stored, string asked, string? region, bool matches)
    {
        var (one, other) = (PhoneNumber.Parse(stored, region)!.Value, PhoneNumber.Parse(asked, region)!.Value);

        Assert.Equal(matches, one.Matches(other));
        Assert.Equal(matches, other.Matches(one));
    }

    private static void Check(string text, string? region, string digits, string? extension, bool isInternational) =>
        Assert.Equal(new PhoneNumber(digits, extension, isInternational), PhoneNumber.Parse(text, region));
}
