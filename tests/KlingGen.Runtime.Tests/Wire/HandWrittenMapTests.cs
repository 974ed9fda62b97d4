using System.Text.Json;
using Fal.Wire;

namespace Fal.Tests.Wire;

/// <summary>A map whose keys are walked by hand, as code does that needs more than the ready-made maps.</summary>
public class HandWrittenMapTests
{
    [Theory]
    [InlineData("""{"a":1,"b":null,"c":[true,{"d":"e"}]}""")]
    [InlineData("{}")]
    [InlineData("""{"tab\tquote\"slash\\":0,"snow \u2603":"\u2603","":{}}""")]
    public void Keys_and_values_of_any_kind_survive_the_way_there_and_back(string json)
    {
        var map = FalJson.Read<AnyMap>(json);
        var written = FalJson.Write(map);
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(json).RootElement, JsonDocument.Parse(written).RootElement), written);
        Assert.Equal(map.Entries.Select(entry => entry.Key), FalJson.Read<AnyMap>(written).Entries.Select(entry => entry.Key));
    }

    [Fact]
    public void A_null_among_the_values_is_a_value() =>
        Assert.Equal(JsonValueKind.Null, Assert.Single(FalJson.Read<AnyMap>("""{"a":null}""").Entries).Value.ValueKind);

    private sealed record AnyMap(IReadOnlyList<KeyValuePair<string, JsonElement>> Entries) : IFalObject<AnyMap>
    {
        static AnyMap IFalObject<AnyMap>.Read(ref FalJsonReader json)
        {
            var entries = new List<KeyValuePair<string, JsonElement>>();
            json.StartObject();
            while (json.NextMember())
            {
                var key = json.MemberName();
                entries.Add(new(key, json.Any()));
            }

            return new(entries);
        }

        void IFalObject<AnyMap>.Write(FalJsonWriter json)
        {
            json.StartObject();
            foreach (var (key, value) in Entries)
            {
                json.Name(key);
                json.JsonValue(value);
            }

            json.EndObject();
        }

        void IFalObject<AnyMap>.Check(FalChecks checks)
        {
        }
    }
}
