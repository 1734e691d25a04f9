using Matching.Engine.Indicators;

namespace Matching.Service.Features.Bulletins;

/// <summary>专业: who of each programme is looking, and what became of the year's cohort.</summary>
internal static class ProgramTable
{
    private static readonly string[] Columns = ["学校", "专业点", "本期求职人数", "本届毕业生", "已落实去向", "落实率%"];

    public static (string[], IReadOnlyList<IReadOnlyList<Cell>>, string) Make(BulletinInput input)
    {
        var programs = input.Facts.Programs;
        var seekers = programs.Select(program => program.Seekers.LongCount(fact => fact.CountsIn(input.Period))).ToArray();
        var hidden = Suppression.Hide(seekers, Suppression.Threshold, out _);
        var hiddenCohorts = Suppression.Hide([.. programs.Select(program => program.Graduates)], Suppression.OutcomeThreshold, out _);
        var rows = programs.Select((program, i) =>
        {
            var few = hiddenCohorts[i];
            // A cohort of which all but a few are placed tells as much of the few as their own number.
            var outcome = few || (program.Graduates > 0 && (program.Placed is > 0 and < Suppression.Threshold || program.Graduates - program.Placed is > 0 and < Suppression.Threshold));
            return (IReadOnlyList<Cell>)
            [
                Cells.Label(program.School), Cells.Label(program.Name), Cells.Count(seekers[i], hidden[i]), Cells.Count(program.Graduates, few),
                Cells.Count(program.Placed, outcome), Cells.Rate(Rounding.Percent(program.Placed, program.Graduates), "0.00", program.Placed, program.Graduates, outcome),
            ];
        }).ToArray();
        return (Columns, rows, $"共 {programs.Count} 个专业点；本届指期末前最近一届毕业生。");
    }
}
