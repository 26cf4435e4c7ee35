namespace Drip.Options;

/// <summary>Collects what is wrong with the options of one request, so that all of it is said at once.</summary>
internal sealed class OptionMistakes
{
    private readonly List<Mistake> _list = [];

    public void Add(string code, string problem, string remedy) => _list.Add(new Mistake(code, problem, remedy));

    /// <summary>Throws what was collected; returns if nothing was.</summary>
    public void ThrowIfAny()
    {
        if (_list.Count == 0) return;
        throw new DripException(DripErrorKind.Usage,
            _list.Count == 1 ? _list[0].Code : "invalid-options",
            string.Join('\n', _list.Select(mistake => mistake.Problem)),
            string.Join('\n', _list.Select(mistake => mistake.Remedy).Distinct()));
    }

    private sealed record Mistake(string Code, string Problem, string Remedy);
}
