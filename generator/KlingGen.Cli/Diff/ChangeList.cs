namespace KlingGen.Cli.Diff;

/// <summary>Collects the changes of one type or client; a caller adds only what is specific to a change.</summary>
/// <param name="ns">The namespace.</param>
/// <param name="type">The type's or client's name.</param>
/// <param name="endpoints">The endpoints by which it is reached.</param>
internal sealed class ChangeList(string ns, string type, IReadOnlyList<string> endpoints)
{
    private readonly List<Change> _changes = [];

    public IReadOnlyList<Change> Changes => _changes;

    public void Add(
        ChangeKind kind, ChangeClass @class, string message, string? member = null, string? wireName = null, string? old = null, string? @new = null,
        string? limit = null, string? note = null)
        => _changes.Add(new Change
        {
            Kind = kind,
            Class = @class,
            Namespace = ns,
            Type = type,
            Member = member,
            WireName = wireName,
            Endpoints = endpoints,
            Old = old,
            New = @new,
            Limit = limit,
            Message = message,
            Note = note,
        });

    public void Breaking(
        ChangeKind kind, string message, string? member = null, string? wireName = null, string? old = null, string? @new = null, string? note = null)
        => Add(kind, ChangeClass.Breaking, message, member, wireName, old, @new, note: note);

    public void Compatible(
        ChangeKind kind,
        string message,
        string? member = null,
        string? wireName = null,
        string? old = null,
        string? @new = null,
        string? note = null)
        => Add(kind, ChangeClass.Compatible, message, member, wireName, old, @new, note: note);

    /// <summary>Breaking where the condition holds, compatible otherwise.</summary>
    public void BreakingIf(
        bool isBreaking,
        ChangeKind kind,
        string message,
        string? member = null,
        string? wireName = null,
        string? old = null,
        string? @new = null)
        => Add(kind, isBreaking ? ChangeClass.Breaking : ChangeClass.Compatible, message, member, wireName, old, @new);

    /// <summary>Words that people read differ.</summary>
    public void Described(string? old, string? @new, string what, string? member = null, string? wireName = null)
    {
        if (!string.Equals(old, @new, StringComparison.Ordinal)) Add(ChangeKind.Described, ChangeClass.Documentation, what, member, wireName);
    }
}
