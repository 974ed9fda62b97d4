using System.Collections.Generic;
using KlingGen.Model;
using KlingGen.Text;

namespace KlingGen.Emission;

/// <summary>
/// Collects functions for the inner levels of deeply nested lists and maps, and prints them at the end of the file. The compiler binds a lambda
/// inside a lambda several times per level: 32 levels in one expression would take it exponential time.
/// </summary>
internal sealed class NestedFunctionsEmitter
{
    private const string ClassName = "NestedFunctions";

    /// <summary>So many levels below a list or map are written in one expression.</summary>
    private const int MaxInline = 2;

    private readonly List<string> _functions = new();

    public static bool IsDeep(TypeUse element)
    {
        var levels = 0;
        for (var use = element; use.Element is not null; use = use.Element) levels++;
        return levels > MaxInline;
    }

    /// <returns>The call that reads an element.</returns>
    public string Reader(TypeUse element, TypeRole holder, EmissionScope scope)
    {
        var type = scope.Type(element, holder, isNullable: true);
        var name = Add("Read", "static " + type, "(ref FalJsonReader json)", out var slot);
        _functions[slot] += " => " + ReadExpression.ForType(element, holder, scope) + ";";
        return name + "(ref json)";
    }

    /// <returns>The call that writes an element.</returns>
    public string Writer(TypeUse element, TypeRole holder, EmissionScope scope)
    {
        var type = scope.Type(element, holder, element.IsNullable);
        var name = Add("Write", "static void", "(FalJsonWriter json, " + type + " item)", out var slot);
        _functions[slot] += " => " + WriteStatement.Value(element, "item", holder, scope);
        return name + "(json, item)";
    }

    /// <param name="statements">The checks of an element, by the names <c>checks</c>, <c>index</c> and <c>value</c>.</param>
    /// <param name="element">Its type.</param>
    /// <param name="holder">The role of the object that holds it.</param>
    /// <param name="scope">The file.</param>
    /// <returns>The call that checks an element.</returns>
    public string Checker(string statements, TypeUse element, TypeRole holder, EmissionScope scope)
    {
        var type = scope.Type(element, holder, element.IsNullable);
        var name = Add("Check", "static void", "(FalChecks checks, string index, " + type + " value)", out var slot);
        _functions[slot] += "\n{\n" + Indented(statements) + "}";
        return name + "(checks, index, value)";
    }

    public void Write(SourceWriter writer)
    {
        if (_functions.Count == 0) return;
        writer.Line();
        writer.Open("file static class " + ClassName);
        foreach (var function in _functions)
        {
            writer.Line();
            writer.Line(function);
        }

        writer.Close();
    }

    private string Add(string verb, string signature, string parameters, out int slot)
    {
        slot = _functions.Count;
        var name = verb + Literal.Digits(slot + 1);
        _functions.Add("public " + signature + " " + name + parameters);
        return ClassName + "." + name;
    }

    private static string Indented(string statements)
    {
        var writer = new SourceWriter();
        writer.Indent();
        writer.Write(statements);
        return writer.Finish();
    }
}
