using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace KlingGen.Architecture.Tests;

/// <summary>
/// The types of one assembly that each of its types refers to: bases, interfaces, signatures, attributes and method bodies. A nested type counts as
/// its outermost type. A constant leaves no reference behind, so it is not seen.
/// </summary>
internal sealed class TypeReferences : ISignatureTypeProvider<IEnumerable<TypeDefinitionHandle>, object?>
{
    private readonly PEReader _image;
    private readonly MetadataReader _metadata;

    public TypeReferences(PEReader image)
    {
        _image = image;
        _metadata = image.GetMetadataReader();
    }

    /// <summary>The outermost types that a type and its nested types refer to.</summary>
    public HashSet<TypeDefinitionHandle> Of(TypeDefinitionHandle handle)
    {
        var found = new HashSet<TypeDefinitionHandle>();
        Collect(handle, found);
        return [.. found.Select(Outermost)];
    }

    /// <summary>The type itself, or the type around it that is nested in no other.</summary>
    public TypeDefinitionHandle Outermost(TypeDefinitionHandle handle)
    {
        while (_metadata.GetTypeDefinition(handle).GetDeclaringType() is { IsNil: false } outer) handle = outer;
        return handle;
    }

    private void Collect(TypeDefinitionHandle handle, HashSet<TypeDefinitionHandle> found)
    {
        var type = _metadata.GetTypeDefinition(handle);
        Add(type.BaseType, found);
        foreach (var implementation in type.GetInterfaceImplementations()) Add(_metadata.GetInterfaceImplementation(implementation).Interface, found);
        AddAttributes(type.GetCustomAttributes(), found);
        AddConstraints(type.GetGenericParameters(), found);
        foreach (var field in type.GetFields().Select(_metadata.GetFieldDefinition))
        {
            found.UnionWith(field.DecodeSignature(this, null));
            AddAttributes(field.GetCustomAttributes(), found);
        }
        foreach (var property in type.GetProperties()) AddAttributes(_metadata.GetPropertyDefinition(property).GetCustomAttributes(), found);
        foreach (var method in type.GetMethods().Select(_metadata.GetMethodDefinition)) Collect(method, found);
        foreach (var nested in type.GetNestedTypes()) Collect(nested, found);
    }

    private void Collect(MethodDefinition method, HashSet<TypeDefinitionHandle> found)
    {
        AddSignature(method.DecodeSignature(this, null), found);
        AddAttributes(method.GetCustomAttributes(), found);
        AddConstraints(method.GetGenericParameters(), found);
        if (method.RelativeVirtualAddress == 0) return;
        var body = _image.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
            foreach (var local in _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(this, null)) found.UnionWith(local);
        foreach (var token in MethodBodyReader.Tokens(body)) Add(token, found);
    }

    private void Add(EntityHandle handle, HashSet<TypeDefinitionHandle> found)
    {
        if (handle.IsNil) return;
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                found.Add((TypeDefinitionHandle)handle);
                break;
            case HandleKind.TypeSpecification:
                found.UnionWith(_metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null));
                break;
            case HandleKind.MethodDefinition:
                found.Add(_metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.FieldDefinition:
                found.Add(_metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MemberReference:
                Add(_metadata.GetMemberReference((MemberReferenceHandle)handle), found);
                break;
            case HandleKind.MethodSpecification:
                var method = _metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                Add(method.Method, found);
                foreach (var argument in method.DecodeSignature(this, null)) found.UnionWith(argument);
                break;
        }
    }

    private void Add(MemberReference member, HashSet<TypeDefinitionHandle> found)
    {
        Add(member.Parent, found);
        if (member.GetKind() == MemberReferenceKind.Method) AddSignature(member.DecodeMethodSignature(this, null), found);
        else found.UnionWith(member.DecodeFieldSignature(this, null));
    }

    private static void AddSignature(MethodSignature<IEnumerable<TypeDefinitionHandle>> signature, HashSet<TypeDefinitionHandle> found)
    {
        found.UnionWith(signature.ReturnType);
        foreach (var parameter in signature.ParameterTypes) found.UnionWith(parameter);
    }

    private void AddAttributes(CustomAttributeHandleCollection attributes, HashSet<TypeDefinitionHandle> found)
    {
        foreach (var attribute in attributes) Add(_metadata.GetCustomAttribute(attribute).Constructor, found);
    }

    private void AddConstraints(GenericParameterHandleCollection parameters, HashSet<TypeDefinitionHandle> found)
    {
        foreach (var parameter in parameters)
            foreach (var constraint in _metadata.GetGenericParameter(parameter).GetConstraints())
                Add(_metadata.GetGenericParameterConstraint(constraint).Type, found);
    }

    public IEnumerable<TypeDefinitionHandle> GetArrayType(IEnumerable<TypeDefinitionHandle> elementType, ArrayShape shape) => elementType;

    public IEnumerable<TypeDefinitionHandle> GetByReferenceType(IEnumerable<TypeDefinitionHandle> elementType) => elementType;

    public IEnumerable<TypeDefinitionHandle> GetFunctionPointerType(MethodSignature<IEnumerable<TypeDefinitionHandle>> signature)
        => signature.ParameterTypes.SelectMany(parameter => parameter).Concat(signature.ReturnType);

    public IEnumerable<TypeDefinitionHandle> GetGenericInstantiation(
        IEnumerable<TypeDefinitionHandle> genericType, ImmutableArray<IEnumerable<TypeDefinitionHandle>> typeArguments)
        => typeArguments.SelectMany(argument => argument).Concat(genericType);

    public IEnumerable<TypeDefinitionHandle> GetGenericMethodParameter(object? genericContext, int index) => [];

    public IEnumerable<TypeDefinitionHandle> GetGenericTypeParameter(object? genericContext, int index) => [];

    public IEnumerable<TypeDefinitionHandle> GetModifiedType(
        IEnumerable<TypeDefinitionHandle> modifier, IEnumerable<TypeDefinitionHandle> unmodifiedType, bool isRequired)
        => modifier.Concat(unmodifiedType);

    public IEnumerable<TypeDefinitionHandle> GetPinnedType(IEnumerable<TypeDefinitionHandle> elementType) => elementType;

    public IEnumerable<TypeDefinitionHandle> GetPointerType(IEnumerable<TypeDefinitionHandle> elementType) => elementType;

    public IEnumerable<TypeDefinitionHandle> GetPrimitiveType(PrimitiveTypeCode typeCode) => [];

    public IEnumerable<TypeDefinitionHandle> GetSZArrayType(IEnumerable<TypeDefinitionHandle> elementType) => elementType;

    public IEnumerable<TypeDefinitionHandle> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => [handle];

    public IEnumerable<TypeDefinitionHandle> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => [];

    public IEnumerable<TypeDefinitionHandle> GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind)
        => reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);
}
