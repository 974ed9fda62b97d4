namespace KlingGen.Specs;
internal sealed record OverlayProblemX(bool IsTargetNotFound, TextRange Range, string Message);
internal static class Overlay { public static (JsonNode Root, OverlayProblemX[] Problems) Apply(JsonNode root, JsonNode overlay, int source) => (root, System.Array.Empty<OverlayProblemX>()); }
