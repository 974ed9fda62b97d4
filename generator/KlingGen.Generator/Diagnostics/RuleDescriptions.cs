using System.Collections.Generic;

namespace KlingGen.Diagnostics;

/// <summary>
/// What a rule checks and what happens otherwise, in one or two sentences: editors show it beside the message, and its page has the details.
/// </summary>
internal static class RuleDescriptions
{
    private static readonly Dictionary<string, string> ById = new()
    {
        ["KLG001"] = "The text is not JSON. Nothing is emitted for this document; all others are emitted as usual.",
        ["KLG002"] = "The JSON is not an OpenAPI document as fal serves it: it needs components.schemas and, if it has paths, a post operation.",
        ["KLG003"] = "A $ref names a schema that the document does not have. The property is a JsonElement.",
        ["KLG004"] = "A $ref chain leads back to itself without an object in between. The property is a JsonElement.",
        ["KLG005"] = "The default value violates the constraints of its own schema. No constant is emitted for it.",
        ["KLG006"] = "An example violates the constraints of its own schema. The next example is used.",
        ["KLG007"] = "Two constraints of one value leave no valid value, such as minLength above maxLength. Neither of the two is checked.",
        ["KLG008"] = "Two documents describe the same endpoint. One of them is ignored.",
        ["KLG009"] = "Two documents of one app use the same title for different objects. Each type gets its endpoint's name as a prefix.",
        ["KLG010"] = "The schema uses a construct for which no C# type is emitted. The property is a JsonElement.",
        ["KLG011"] = "The overlay does not follow the OpenAPI Overlay Specification 1.0, or its target uses an unsupported part of JSONPath.",
        ["KLG012"] = "The target of an overlay action is not in the document, or the overlay has no document. It changes nothing.",
        ["KLG013"] = "An object of the document has the same property name twice. The last one counts.",
        ["KLG014"] = "Emitted code needs C# 11 or later. Nothing is emitted.",
        ["KLG015"] = "A pattern in the MSBuild property FalEndpoints matches no endpoint of the package.",
        ["KLG016"] = "FalNamespace is not a namespace, or FalVisibility is neither public nor internal. The default is used.",
        ["KLG017"] = "A cross-field rule or extension names a property that does not exist or has an unsupported form. It is not checked.",
        ["KLG018"] = "A keyword of a request's schema limits values and is not checked before sending. fal's server enforces it.",
        ["KLG019"] = "A chain of $ref is longer than the reader follows. The property is a JsonElement.",
        ["KLG020"] = "The schema is nested deeper than the reader follows. The property is a JsonElement.",
        ["KLG021"] = "An example or default has more than 2,000 values, 64 KiB of text or 32 levels. It is not emitted.",
        ["KLG022"] = "The document describes several endpoints. Code is emitted for the first one only; the others have no client.",
        ["KLG023"] = "The document has neither an endpoint nor a schema that becomes a type. No code is emitted for it.",
        ["KLG024"] = "A property looks like the URL of a media file, but accepts values that are no URL. It is a string and takes no local files.",
        ["KLG030"] = "A type or client name is taken by another document, so this one gets a longer name. The name depends on the set of documents.",
        ["KLG101"] = "A string has more or fewer Unicode code points than the property allows. The check before sending refuses the request.",
        ["KLG102"] = "A number is outside the range of the property, or not a multiple of its step. The check before sending refuses the request.",
        ["KLG103"] = "A string does not match the regular expression of the property. The check before sending refuses the request.",
        ["KLG104"] = "A required string is empty. The request is valid by its schema, but hardly intended.",
        ["KLG105"] = "A collection has more or fewer elements than the property allows. The check before sending refuses the request.",
        ["KLG106"] = "A list whose elements must be unique has two equal elements. The check before sending refuses the request.",
        ["KLG107"] = "A value is not one of the values of its enum. It has no form in JSON, so the request cannot be written.",
        ["KLG108"] = "A string is neither an absolute http or https URL nor a data URI. The check before sending refuses the request.",
        ["KLG109"] = "A data URI is longer than 16,384 characters. Every request carries it; an uploaded file is sent once.",
        ["KLG110"] = "A local file has a type, a size or a number of pixels that the property does not allow. Name, size and pixels are those of "
            + "the build.",
        ["KLG111"] = "Two properties that exclude each other both have a value. The check before sending refuses the request.",
        ["KLG112"] = "A property that a cross-field rule requires has no value. The check before sending refuses the request unless it gets one "
            + "before.",
        ["KLG113"] = "Numbers violate a relation: a sum is too large, or one number is not enough greater than another. The check before sending "
            + "refuses it.",
        ["KLG114"] = "The value is the server's default. Leaving it out follows the server when it changes.",
        ["KLG115"] = "fal has deprecated the property. It still works, and may be removed.",
        ["KLG116"] = "FalMedia.FromFile gets an empty path, a URL or a data URI. It throws, or the upload finds no file.",
        ["KLG117"] = "A number stands where an emitted enum is needed. A cast would give another value than the one that the number spells.",
        ["KLG201"] = "A fal key is written in source and given to the runtime. Everyone who can read the source or the assembly can spend on it.",
        ["KLG202"] = "A FalClient is created for every request or every round of a loop. A client owns the connections; create one and share it.",
        ["KLG203"] = "The job that SubmitAsync returns is neither kept nor used. It is charged for, and nothing can ask for its result.",
        ["KLG204"] = "A cancellation token is in scope and is not passed to a call that waits for fal. The call goes on after its caller is "
            + "cancelled.",
        ["KLG205"] = "The string is not an endpoint id. The runtime throws an ArgumentException.",
        ["KLG206"] = "A key is given to a client in an app that runs in the browser, where every visitor can read it.",
        ["KLG210"] = "The code names an endpoint that the package has and FalEndpoints does not choose, so no code is emitted for it.",
        ["KLG211"] = "A referenced assembly has public code for the endpoint. It is not emitted again; the types of the reference are used.",
        ["KLG212"] = "The project and a referenced assembly have different documents for one endpoint. The types of the reference are used.",
        ["KLG213"] = "Two referenced assemblies have public code for one endpoint or type. Types of one full name are ambiguous (CS0433).",
        ["KLG900"] = "KlingGen failed while it processed one document. All other documents are processed as usual.",
    };

    public static string? ForId(string id) => ById.TryGetValue(id, out var description) ? description : null;
}
