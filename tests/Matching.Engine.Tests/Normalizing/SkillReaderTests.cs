using Matching.Engine.Normalizing;

namespace Matching.Engine.Tests.Normalizing;

/// <summary>Each row is a sentence of ours and what it asks for: ! required, ? welcome, then the level where one is said.</summary>
public class SkillReaderTests
{
    private static readonly string[] Names =
    [
        "Java", "Python", "SQL", "Spring", "C++", "C#", ".NET", "Kafka", "Docker", "Excel", "PPT", "会计", "审计", "销售", "采购", "英语", "电商", "焊接", "数控编程", "机械制图",
        "数据分析", "PLC", "无线通信", "钳工", "Photoshop", "计算机", "护理", "沟通能力",
    ];

    private static readonly NameAutomaton Vocabulary = new([.. Names.Select((name, i) => new NamedValue(name, i)), new("C", 100, Weak: true), new("Go", 101, Weak: true)]);

    [Theory]
    // The level word governs the list behind it, or before it where none is behind.
    [InlineData("熟悉Java、Python和SQL", "Java!3 Python!3 SQL!3")]
    [InlineData("精通Java，了解Python", "Java!5 Python?1")]
    [InlineData("精通Java，Python，SQL", "Java!5 Python!5 SQL!5")]
    [InlineData("熟练掌握C#/.NET开发，熟悉SQL", "C#!4 .NET!4 SQL!3")]
    [InlineData("Excel、PPT熟练，英语流利", "Excel!4 PPT!4 英语!4")]
    [InlineData("熟悉焊接，五年经验，做过钳工", "焊接!3 钳工?")]
    [InlineData("理解数控编程；掌握机械制图", "数控编程?2 机械制图!4")]
    [InlineData("深入了解PLC", "PLC?2")]
    [InlineData("必须了解PLC", "PLC!1")]
    [InlineData("熟悉数据库（SQL、Kafka等），能写文档", "SQL!3 Kafka!3")]
    // Required, welcome.
    [InlineData("必须会Java。Python亦可学", "Java! Python?")]
    [InlineData("具备数据分析经验", "数据分析!")]
    [InlineData("会Photoshop者优先", "Photoshop?")]
    [InlineData("熟悉Docker，有Kafka经验优先", "Docker!3 Kafka?")]
    [InlineData("熟悉Docker、Kafka，优先考虑", "Docker?3 Kafka?3")]
    [InlineData("加分项：Go、Docker", "Go? Docker?")]
    [InlineData("需求优先级高，熟悉SQL", "SQL!3")]
    [InlineData("Java required. Nice to have: Kafka", "Java! Kafka?")]
    [InlineData("Docker is a plus; proficient in Python", "Docker? Python!4")]
    [InlineData("英语四级以上者更佳", "英语?")]
    // Not asked for.
    [InlineData("无需Java经验", "")]
    [InlineData("不要求Java，但须熟悉SQL", "SQL!3")]
    [InlineData("不要求精通Java", "Java?")]
    [InlineData("不需要会计工作经验", "")]
    [InlineData("销售经验不限，英语良好", "英语!3")]
    [InlineData("无销售经验亦可，会Excel", "Excel?")]
    [InlineData("Java、Python，不作要求", "")]
    [InlineData("非销售岗位，做数据分析", "数据分析?")]
    [InlineData("招无线通信人才，熟悉PLC", "无线通信? PLC!3")]
    // One of several.
    [InlineData("熟悉Java或Python", "Java?3 Python?3")]
    [InlineData("精通Java、Python、C++之一", "Java?5 Python?5 C++?5")]
    [InlineData("至少了解一门语言，比如：Java、C#", "Java?1 C#?1")]
    // Fields of study, places, people.
    [InlineData("会计、审计等相关专业，熟悉Excel", "Excel!3")]
    [InlineData("计算机相关专业本科", "")]
    [InlineData("与采购部、销售经理沟通；电商行业经验", "")]
    [InlineData("熟悉会计专业知识", "会计!3")]
    // Sections.
    [InlineData("岗位职责：1、负责销售；2、熟悉产品，做数据分析。任职要求：1、Java开发3年；2、了解SQL", "销售? 数据分析? Java! SQL?1")]
    [InlineData("【任职要求】\n会Python\n【福利待遇】\n英语培训，护理假", "Python!")]
    [InlineData("任职要求\n1.焊接2年\n工作地点：某市电商园", "焊接!")]
    // Short words stand for a skill only in a list of skills or behind a level word.
    [InlineData("熟悉C、C++", "C!3 C++!3")]
    [InlineData("精通Go", "Go!5")]
    [InlineData("C端用户，go live，维生素C", "")]
    [InlineData("", "")]
    [InlineData("吃苦耐劳", "")]
    public void Read_KnowsWhatIsAskedFor(string text, string expected) => Assert.Equal(expected, Written(SkillReader.Read(text, Vocabulary)));

    [Fact]
    public void Read_PointsIntoTheText_WhateverItsWidth()
    {
        const string text = "　１、熟悉ＪＡＶＡ 与 數控編程；懂.NET";

        var found = SkillReader.Read(text, Vocabulary);

        Assert.Equal(["ＪＡＶＡ", "數控編程", ".NET"], found.Select(skill => text.Substring(skill.Offset, skill.Length)));
    }

    [Fact]
    public void Strictest_KeepsOneOfEach_RequiredAndHighest()
    {
        var found = SkillReader.Strictest(SkillReader.Read("了解Java。Java优先。熟练使用Java。会SQL", Vocabulary));

        Assert.Equal("Java!4 SQL?", Written(found));
    }

    // Whatever is sent, nothing is thrown and every place lies in the text.
    [Fact]
    public void Read_StaysInTheText_OnRandomInput()
    {
        string[] pieces = ["Java", "C++", ".NET", "熟悉", "精通", "不要求", "优先", "，", "。", "1、", "(2)", "任职要求：", "岗位职责", "\n", "专业", "会计", " ", "\uD83D", "或", "但", "、", "等", ".", "é\u0301"];
        for (var seed = 0; seed < 1000; seed++)
        {
            var random = new Random(seed);
            var text = string.Concat(Enumerable.Range(0, random.Next(0, 30)).Select(_ => pieces[random.Next(pieces.Length)]));

            var end = 0;
            foreach (var skill in SkillReader.Read(text, Vocabulary))
            {
                Assert.True(skill.Offset >= end && skill.Length > 0 && skill.Offset + skill.Length <= text.Length, $"seed {seed}: {text}");
                Assert.True(skill.Level is null or (>= 1 and <= 5));
                end = skill.Offset + skill.Length;
            }
        }
    }

    private static string Written(IEnumerable<FoundSkill> skills) => string.Join(' ', skills.Select(skill =>
        $"{(skill.SkillId switch { 100 => "C", 101 => "Go", var id => Names[id] })}{(skill.Must ? "!" : "?")}{skill.Level}"));
}
