package dev.odometer.postgres.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.plan.Span.Role;
import dev.odometer.postgres.rollup.Granularity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RollupPlanTest {

    private static final long DECADE = 10L * 366 * 86_400;

    private static long second(String time) {
        return Instant.parse(time).getEpochSecond();
    }

    /** How often each second is counted, keyed by the seconds at which the count changes. */
    private static Map<Long, Integer> counts(List<Span> spans) {
        var changes = new TreeMap<Long, Integer>();
        for (Span span : spans) {
            int weight = span.role() == Role.SUBTRACTED ? -1 : 1;
            changes.merge(span.from(), weight, Integer::sum);
            changes.merge(span.to(), -weight, Integer::sum);
        }
        changes.values().removeIf(change -> change == 0);
        return changes;
    }

    private static boolean isWhole(Span span) {
        return span.from() < span.to()
                && span.level().floor(span.from()) == span.from()
                && span.level().floor(span.to()) == span.to();
    }

    @Property(tries = 5000)
    void sumCoversEachMinuteOnce(
            @ForAll @LongRange(min = -DECADE, max = DECADE) long from,
            @ForAll @LongRange(min = 0, max = DECADE) long length,
            @ForAll @LongRange(min = -DECADE, max = 2 * DECADE) long now) {
        long to = from + length;
        List<Span> spans = RollupPlan.ofSum(from, to, now);

        long first = Granularity.MINUTE.ceil(from);
        long last = Granularity.MINUTE.floor(to);
        var once = new TreeMap<Long, Integer>();
        if (first < last) {
            once.put(first, 1);
            once.put(last, -1);
        }
        assertThat(counts(spans)).isEqualTo(once);
        assertThat(spans).allMatch(RollupPlanTest::isWhole);
    }

    @Property(tries = 2000)
    void sumCoversEachMinuteOfAShortRangeOnce(
            @ForAll @LongRange(min = 0, max = 3 * 86_400) long from,
            @ForAll @LongRange(min = 0, max = 7200) long length) {
        sumCoversEachMinuteOnce(from, length, from + length);
    }

    @Test
    void readsTheMonthMinusItsFuture() {
        long now = second("2026-03-20T17:34:56Z");

        List<Span> spans = RollupPlan.ofSum(second("2026-03-01T00:00:00Z"), second("2026-03-20T17:34:56Z"), now);

        assertThat(spans)
                .containsExactly(
                        span(Granularity.MONTH, "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z", Role.WHOLE),
                        span(Granularity.MINUTE, "2026-03-20T17:34:00Z", "2026-03-20T18:00:00Z", Role.SUBTRACTED),
                        span(Granularity.HOUR, "2026-03-20T18:00:00Z", "2026-03-21T00:00:00Z", Role.SUBTRACTED),
                        span(Granularity.DAY, "2026-03-21T00:00:00Z", "2026-04-01T00:00:00Z", Role.SUBTRACTED));
    }

    private static Span span(Granularity level, String from, String to, Role role) {
        return new Span(level, second(from), second(to), role, second("2026-03-01T00:00:00Z"));
    }

    @Property(tries = 2000)
    void subtractsFromAtMostTwoWholeBuckets(
            @ForAll @LongRange(min = 0, max = DECADE) long from,
            @ForAll @LongRange(min = 0, max = DECADE / 40) long length,
            @ForAll @LongRange(min = 0, max = DECADE) long now) {
        List<Span> spans = RollupPlan.ofSum(from, from + length, now);

        List<Span> wholes =
                spans.stream().filter(span -> span.role() == Role.WHOLE).toList();
        assertThat(wholes).hasSizeLessThan(3).extracting(Span::whole).doesNotHaveDuplicates();
        for (Span span : spans) {
            assertThat(span.role() == Role.COUNTED
                            || wholes.stream()
                                    .anyMatch(whole -> whole.whole() == span.whole()
                                            && whole.from() <= span.from()
                                            && span.to() <= whole.to()))
                    .as("%s in %s", span, wholes)
                    .isTrue();
        }
    }

    @Test
    void readsTheDaysOfAMonthThatHasJustStarted() {
        long from = second("2026-03-01T00:00:00Z");
        long to = second("2026-03-02T00:00:00Z");

        assertThat(RollupPlan.ofSum(from, to, second("2026-11-01T00:00:00Z")))
                .containsExactly(Span.counted(Granularity.DAY, from, to));
    }

    @Test
    void subtractsNothingFromAMaximum() {
        var range = new MicrosRange(
                Micros.of(Instant.parse("2026-03-01T00:00:00Z")), Micros.of(Instant.parse("2026-03-30T23:59:00Z")));

        assertThat(RollupPlan.of(range).spans()).extracting(Span::role).containsOnly(Role.COUNTED);
    }
}
