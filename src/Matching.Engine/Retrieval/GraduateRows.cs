using System.Numerics;
using System.Runtime.InteropServices;
using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>What an index keeps of each graduate, in the order in which they came.</summary>
internal sealed class GraduateRows(SkillGraph graph)
{
    private const int BitsOfMany = 18;

    private static readonly int BitsOfBlock = BitOperations.Log2(Block.Size);

    private readonly Dictionary<long, int> _skills = [];
    private readonly List<long> _skillsInOrder = [];

    public SkillGraph Graph { get; } = graph;

    public Pieces<long> Ids { get; private set; } = new(BitsOfMany);

    /// <summary>In pieces as long as a block.</summary>
    public Pieces<GraduateFacts> Facts { get; private set; } = new(BitsOfBlock);

    /// <summary>Where each one's skills end.</summary>
    public Pieces<int> End { get; private set; } = new(BitsOfMany);

    /// <summary>Skills held, by their places in <see cref="Skills"/>.</summary>
    public Pieces<NumberedSkill> Held { get; private set; } = new(BitsOfMany);

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

        End.Add(Held.Count);
    }

    /// <summary>Holds nothing any more: what was made of it has it now, and the memory is free even while somebody still names these rows.</summary>
    public void Clear()
    {
        (Ids, Facts) = (new(BitsOfMany), new(BitsOfBlock));
        (End, Held) = (new(BitsOfMany), new(BitsOfMany));
        _skills.Clear();
        _skillsInOrder.Clear();
    }
}
