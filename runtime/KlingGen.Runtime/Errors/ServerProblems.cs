using System.Text.Json;
using Fal.Wire;

namespace Fal;

/// <summary>Reads the problems out of an error body: <c>{"detail": [{"loc", "msg", "type", "ctx"}…]}</c>, or a plain text in <c>detail</c>.</summary>
internal static class ServerProblems
{
    /// <summary>The problems; none where the text is no such body. Never throws, whatever the server sent.</summary>
    public static IReadOnlyList<FalProblem> Read(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty) return [];
        try
        {
            return FalJsonReader.ReadAll<Body>(body.Span, body, null).Problems;
        }
        catch (FalProtocolException)
        {
            return [];
        }
    }

    private sealed record Body(IReadOnlyList<FalProblem> Problems) : IFalObject<Body>
    {
        static Body IFalObject<Body>.Read(ref FalJsonReader json)
        {
            var problems = new List<FalProblem>();
            string? text = null, type = null;

            // Some bodies are the list itself.
            if (json.Kind == FalJsonKind.Array)
            {
                ReadList(ref json, problems);
                return new(problems);
            }

            if (json.Kind != FalJsonKind.Object)
            {
                json.Skip();
                return new(problems);
            }

            json.StartObject();
            while (json.NextMember())
            {
                if (json.Is("detail"u8) && json.Kind == FalJsonKind.Array) ReadList(ref json, problems);
                else if (json.Is("detail"u8) && json.Kind == FalJsonKind.String) text = json.String();
                else if (json.Is("error_type"u8) && json.Kind == FalJsonKind.String) type = json.String();
                else json.Skip();
            }

            if (text is not null) problems.Add(new() { Path = "", Type = type ?? "", Message = text });
            return new(problems);
        }

        private static void ReadList(ref FalJsonReader json, List<FalProblem> problems)
        {
            json.StartArray();
            while (json.NextElement())
            {
                if (json.Kind == FalJsonKind.Object) problems.Add(ReadProblem(ref json));
                else json.Skip();
            }
        }

        private static FalProblem ReadProblem(ref FalJsonReader json)
        {
            string? path = null, message = null, type = null;
            JsonElement? context = null;
            json.StartObject();
            while (json.NextMember())
            {
                if (json.Is("loc"u8) && json.Kind == FalJsonKind.Array) path = ReadPath(ref json);
                else if (json.Is("msg"u8) && json.Kind == FalJsonKind.String) message = json.String();
                else if (json.Is("type"u8) && json.Kind == FalJsonKind.String) type = json.String();
                else if (json.Is("ctx"u8)) context = json.Json();
                else json.Skip();
            }

            return new() { Path = path ?? "", Type = type ?? "", Message = message ?? type ?? "", Context = context };
        }

        // ["body", "elements", 0, "video_url"] is elements.0.video_url: the first part only says where in the HTTP request.
        private static string ReadPath(ref FalJsonReader json)
        {
            var parts = new List<string>();
            json.StartArray();
            while (json.NextElement())
            {
                if (json.Kind == FalJsonKind.String) parts.Add(json.String()!);
                else
                {
                    parts.Add(json.Raw().ToString());
                    json.Skip();
                }
            }

            return string.Join('.', parts is ["body", ..] ? parts.Skip(1) : parts);
        }

        void IFalObject<Body>.Write(FalJsonWriter json) => json.NullValue();

        void IFalObject<Body>.Check(FalChecks checks)
        {
            // It is only ever read.
        }
    }
}
