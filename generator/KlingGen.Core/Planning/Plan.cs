using System;
using System.Collections.Generic;
using KlingGen.Model;

namespace KlingGen.Planning;

/// <summary>All files to emit. A file belongs to the document from which it is made, so that removing one document moves no other file.</summary>
/// <param name="Documents">In ordinal order of their keys.</param>
/// <param name="Others">Files of documents that share a key with another one, and of apps that only references have.</param>
/// <param name="Problems">The problems that show only between documents.</param>
internal sealed record Plan(EquatableArray<DocumentFiles> Documents, EquatableArray<FileModel> Others, EquatableArray<PlanProblem> Problems)
{
    public IEnumerable<FileModel> Files
    {
        get
        {
            foreach (var document in Documents)
            {
                foreach (var file in document.Files) yield return file;
            }

            foreach (var file in Others) yield return file;
        }
    }

    /// <summary>The files that are emitted for a document; none if it is ignored, or if its key is not unique.</summary>
    public EquatableArray<FileModel> FilesOf(SpecModel document)
    {
        var (low, high) = (0, Documents.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = Documents[middle].CompareTo(document.Key, document.IsBundled);
            if (order == 0) return Documents[middle].Files;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return EquatableArray<FileModel>.Empty;
    }

    /// <summary>Sorts the files of all documents by key.</summary>
    /// <param name="files">The files of each document that is emitted.</param>
    /// <param name="documents">All documents, emitted or not.</param>
    /// <param name="problems">What was found.</param>
    public static Plan Create(List<DocumentFiles> files, List<SpecModel> documents, List<PlanProblem> problems)
    {
        var known = new HashSet<(string, bool)>();
        var ambiguous = new HashSet<(string, bool)>();
        foreach (var document in documents)
        {
            if (!known.Add((document.Key, document.IsBundled))) ambiguous.Add((document.Key, document.IsBundled));
        }

        var others = new List<FileModel>();
        var unique = new List<DocumentFiles>();
        foreach (var document in files)
        {
            var key = (document.Key, document.IsBundled);
            if (ambiguous.Contains(key) || !known.Contains(key)) others.AddRange(document.Files);
            else unique.Add(document);
        }

        unique.Sort(static (a, b) => a.CompareTo(b.Key, b.IsBundled));
        return new Plan(unique, others, problems);
    }
}

/// <summary>The files that are emitted for one document: its own, and for the last document of an app also those that its documents share.</summary>
internal sealed record DocumentFiles(string Key, bool IsBundled, EquatableArray<FileModel> Files)
{
    public int CompareTo(string key, bool isBundled)
    {
        var byKey = string.CompareOrdinal(Key, key);
        return byKey != 0 ? byKey : IsBundled.CompareTo(isBundled);
    }
}
