using System.Runtime.InteropServices;
using ContactsService.Books;
using ContactsService.Http;

namespace ContactsService.Tests.Storage;

public class AnswerCacheTests
{
    [Fact]
    public void Keeps_no_more_memory_than_it_counts()
    {
        using var cache = new AnswerCache(new() { MaxMegabytes = 1 });
        var key = new AnswerKey(Guid.NewGuid(), "http://localhost/contacts");
        var answer = new Answer(200, new byte[16 * 1024].AsMemory(0, 300));
        cache.Store(key, "1", answer, last: null);
        cache.Store(key, "1", answer, cache.Find(key));

        Assert.True(MemoryMarshal.TryGetArray(cache.Find(key)!.Answer!.Body, out var kept));
        Assert.Equal(300, kept.Array!.Length);
    }

    [Fact]
    public void Keeps_no_answer_that_has_to_be_read_each_time()
    {
        using var cache = new AnswerCache(new() { MaxMegabytes = 1 });
        var key = new AnswerKey(Guid.NewGuid(), "http://localhost/contacts");
        cache.Store(key, "1", new Answer(200, new byte[300]) { MayBeKept = false }, last: null);

        Assert.Null(cache.Find(key));
    }
}
