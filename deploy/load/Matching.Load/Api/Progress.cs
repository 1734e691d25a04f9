namespace Matching.Load.Api;

/// <summary>One line per step: rewritten in place on a terminal, printed once at its end elsewhere.</summary>
internal sealed class Progress(string step)
{
    private readonly DateTime _start = DateTime.UtcNow;

    public void Report(string text)
    {
        if (!Console.IsOutputRedirected)
        {
            Console.Write($"\r  {step,-24} {text,-60}");
        }
    }

    public void Done(string text) =>
        Console.WriteLine($"{(Console.IsOutputRedirected ? "" : "\r")}  {step,-24} {text,-48} {(DateTime.UtcNow - _start).TotalSeconds,6:F1} s");
}
