using System.Runtime.InteropServices;
using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>What an index keeps of each graduate, in the order in which they came.</summary>
internal sealed class GraduateRows(SkillGraph graph)
{
    private readonly Dictionary<long, int> _skills = [];
    private readonly List<long> _skillsInOrder = [];

    public SkillGraph Graph { get; } = graph;

    public List<long> Ids { get; } = [];

    public List<GraduateFacts> Facts { get; } = [];

    /// <summary>Where each one's skills begin, and the end.</summary>
    public List<int> Start { get; } = [0];

    /// <summary>Skills held, by their places in <see cref="Skills"/>.</summary>
    public List<NumberedSkill> Held { get; } = [];

    /// <summary>All skills held, each once.</summary>
    public IReadOnlyList<long> Skills => _skillsInOrder;

    public void Add(GraduateProfile graduate)
    {
        Ids.Add(graduate.Id);
        Facts.Add(graduate);
        foreach (var held in graduate.Skills)
        {
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_skills, held.Skill, out var known);
            if (!known)
            {
                number = _skillsInOrder.Count;
                _skillsInOrder.Add(held.Skill);
            }

            Held.Add(new(number, held));
        }

        Start.Add(Held.Count);
    }
}
