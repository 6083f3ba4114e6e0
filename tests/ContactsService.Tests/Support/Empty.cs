using System.Text.Json.Nodes;

namespace ContactsService.Tests.Support;

public static class Empty
{
    /// <summary>Requires an empty list.</summary>
    public static void ShouldBeEmpty(this JsonArray list) => Assert.True(list.Count == 0, list.ToJsonString());
}
