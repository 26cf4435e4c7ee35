using Drip.Generated;
using Drip.Producers.Versions;

namespace Drip.Runtime.Tests.Producers.Harness;

/// <summary>What the generator makes of an author's class.</summary>
internal sealed class ProducerUnderTest : Producer
{
    private readonly Code _code;
    private readonly VersionStorage? _storage;

    public ProducerUnderTest(Code code, ProducerOptions options, VersionStorage? storage)
        : base(options) => (_code, _storage) = (code, storage);

    public ProducerUnderTest(Code code, ProducerVersion version, ProducerOptions options)
        : base(version, options) => _code = code;

    public ProducerUnderTest(Code code, string file, ProducerOptions options)
        : base(file, options) => _code = code;

    protected override ProducerCode __dripCode => _code;

    protected override VersionStorage? __dripStorage => _storage;

    public IReadOnlyList<Item> Items => [.. Store.All<Item>()];

    public Task<ProducerResult> RunAsync(params Item[] items) => RunAsync((IEnumerable<object>)items);
}
