using System.Text.Json;
using DiscordIntel.Providers.Wire;
using Microsoft.Extensions.AI;
using NUnit.Framework;

namespace DiscordIntel.Tests.Providers.Wire;

internal sealed class ToolTextTests
{
    [Test]
    public void TryRead_Object_GivesItsMembers()
    {
        bool isRead = ToolText.TryRead("""{"a":1,"b":"x","a":2}""", out Dictionary<string, object?>? values, out Exception? fault);

        Assert.That((isRead, fault), Is.EqualTo((true, (Exception?)null)));
        Assert.That(values!.ToDictionary(value => value.Key, value => value.Value!.ToString()), Is.EqualTo(new Dictionary<string, string> { ["a"] = "2", ["b"] = "x" }));
    }

    /// <summary>A call whose arguments were lost must never look like one without arguments.</summary>
    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("\"text\"")]
    [TestCase("""{"city": "Br""")]
    [TestCase("{} {}")]
    [TestCase("{'a':1}")]
    [TestCase("""{"\ud800":1}""")]
    [TestCase("""{"a":"\ud800"}""")]
    public void TryRead_AnythingElse_IsAFaultWithoutArguments(string arguments)
    {
        bool isRead = ToolText.TryRead(arguments, out Dictionary<string, object?>? values, out Exception? fault);

        Assert.That((isRead, values), Is.EqualTo((false, (Dictionary<string, object?>?)null)));
        Assert.That(fault, Is.Not.Null);
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool TryRead_AnyText_IsAnObjectOrAFault(string? text) =>
        ToolText.TryRead(text ?? "", out Dictionary<string, object?>? values, out Exception? fault) ? values is not null && fault is null : values is null && fault is not null;

    [Test]
    public void ResultOf_ValuesOfEachKind_AreTextOrJson()
    {
        object?[] given = [null, "a \"b\"", new TextContent("c"), JsonElement.Parse("\"d\""), JsonElement.Parse("[1]"), 7, true, new Dictionary<string, object?> { ["é"] = null }];

        Assert.That(
            given.Select(value => ToolText.ResultOf(new FunctionResultContent("call", value))),
            Is.EqualTo(new[] { "", "a \"b\"", "c", "d", "[1]", "7", "true", """{"é":null}""" }));
    }

    [Test]
    public void ResultOf_WhatJsonCannotHold_IsNull() =>
        Assert.That(ToolText.ResultOf(new FunctionResultContent("call", double.PositiveInfinity)), Is.Null);
}
