using System.Security.Claims;
using Matching.Service.Http;
using Microsoft.AspNetCore.Authentication;

namespace Matching.Service.Tests.Http;

public class KnownKeysTests
{
    private static readonly AuthenticateResult Answer = AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(), "test"));
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly SetClock _clock = new();
    private readonly ApiKey _key = ApiKey.Create();
    private readonly KnownKeys _known;
    private bool _listening = true;

    public KnownKeysTests() => _known = new KnownKeys(() => _listening, _clock);

    [Fact]
    public void Find_AnswersAKeyThatIsKept_AndNoOtherSecret()
    {
        Keep(_key, Day);

        Assert.Same(Answer, _known.Find(_key));
        Assert.Null(_known.Find(_key with { Secret = ApiKey.Create().Secret }));
        Assert.Null(_known.Find(ApiKey.Create()));
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(1_000, 60)]
    public void Find_KnowsNoKey_ThatExpired_OrIsKeptTooLong(int left, int lasts)
    {
        Keep(_key, TimeSpan.FromSeconds(left));

        _clock.Pass(TimeSpan.FromSeconds(lasts) - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(_known.Find(_key));
        _clock.Pass(TimeSpan.FromMilliseconds(1));
        Assert.Null(_known.Find(_key));
    }

    [Fact]
    public void Find_KnowsNothing_WhileNoticesAreNotHeard()
    {
        Keep(_key, Day);
        _listening = false;

        Assert.Null(_known.Find(_key));
    }

    [Fact]
    public void Keep_LeavesAKeyOut_ThatWasLookedUpBeforeKeysWereForgotten()
    {
        var before = _known.Generation;
        _known.Forget();
        _known.Keep(_key, Answer, Day, _clock.GetTimestamp(), before);

        Assert.Null(_known.Find(_key));
    }

    [Fact]
    public void Keep_NeverHoldsMoreThanItsBound()
    {
        var keys = Enumerable.Range(0, KnownKeys.Most + 10).Select(_ => ApiKey.Create()).ToArray();
        foreach (var key in keys)
        {
            Keep(key, Day);
        }

        Assert.InRange(keys.Count(key => _known.Find(key) is not null), 1, KnownKeys.Most);
    }

    private void Keep(ApiKey key, TimeSpan left) => _known.Keep(key, Answer, left, _clock.GetTimestamp(), _known.Generation);

    /// <summary>A clock that stands until it is told to go on.</summary>
    private sealed class SetClock : TimeProvider
    {
        private long _ticks = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Pass(TimeSpan time) => _ticks += time.Ticks;
    }
}
