package dev.odometer.metering.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.file.FileName;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.imports.UsageImport.Status;
import dev.odometer.metering.resource.PageRequest;
import dev.odometer.metering.usage.EventSearch;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.metering.usage.UsageLog;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of {@link Imports}; one subclass per store. */
public abstract class ImportsContract {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456Z");
    private static final Instant MINUTE_LATER = NOW.plusSeconds(60);
    private static final FileVersion FILE = version("flights.csv", "v1");

    private Store store;
    private Imports imports;

    /** The store of imports, and the usage log in which they count. */
    public record Store(Imports imports, UsageLog log) {}

    protected abstract Store empty();

    @BeforeEach
    void startEmpty() {
        store = empty();
        imports = store.imports();
    }

    private static FileVersion version(String key, String version) {
        return new FileVersion(new FileName("inbox", key), version, 1000);
    }

    private static Lease lease(String holder, Instant now) {
        return new Lease(holder, now, now.plusSeconds(30));
    }

    private static List<UsageEvent> events(String... ids) {
        return Arrays.stream(ids)
                .map(id -> new UsageEvent("1.0", id, "api", "call", "acme", NOW, null, null, null))
                .toList();
    }

    private static Step step(long line, List<UsageEvent> events, RejectedLine... rejected) {
        return new Step(events, List.of(rejected), line * 10, line, line * 5, Duration.ofMillis(1500), false, null);
    }

    private static Step end(long line, @Nullable String reason) {
        return new Step(List.of(), List.of(), line * 10, line, line * 5, Duration.ZERO, true, reason);
    }

    private UsageImport take(String id, FileVersion file, Lease lease) {
        return imports.take(id, file, lease).orElseThrow();
    }

    private int logged() {
        return store.log()
                .list(new EventSearch(null, null, null, null, null, null, null, null, 100))
                .size();
    }

    private static void assertConflict(Runnable work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.kind()).isEqualTo(RefusalKind.CONFLICT));
    }

    @Test
    void startsANewImport() {
        UsageImport taken = take("1", FILE, lease("a", NOW));

        assertThat(taken)
                .isEqualTo(
                        new UsageImport("1", FILE, Status.RUNNING, false, null, null, Progress.NONE, NOW, NOW, null));
        assertThat(imports.find("1")).contains(taken);
    }

    @Test
    void countsEachEventOnceAndReportsDuplicates() {
        store.log().append(events("old"));
        take("1", FILE, lease("a", NOW));

        UsageImport moved = imports.advance("1", lease("a", MINUTE_LATER), step(4, events("old", "x", "x", "y")));

        assertThat(moved.progress()).isEqualTo(new Progress(40, 4, 20, 4, 2, 2, 0, Duration.ofMillis(1500)));
        assertThat(moved.updatedAt()).isEqualTo(MINUTE_LATER);
        assertThat(imports.find("1")).contains(moved);
        assertThat(logged()).isEqualTo(3);
    }

    @Test
    void accumulatesTheProgressOfSteps() {
        take("1", FILE, lease("a", NOW));
        imports.advance("1", lease("a", NOW), step(2, events("x"), new RejectedLine(2, "no", "z")));

        UsageImport moved = imports.advance("1", lease("a", NOW), step(4, events("x", "y")));

        assertThat(moved.progress()).isEqualTo(new Progress(40, 4, 20, 4, 2, 1, 1, Duration.ofSeconds(3)));
    }

    @Test
    void rollsAStepBackWhenItsTurnThrows() {
        take("1", FILE, lease("a", NOW));

        assertThatThrownBy(() -> imports.advance("1", lease("a", NOW), step(1, events("x")), () -> {
                    throw new IllegalStateException("not yet");
                }))
                .hasMessage("not yet");

        assertThat(imports.find("1").orElseThrow().progress()).isEqualTo(Progress.NONE);
        assertThat(logged()).isZero();
    }

    @Test
    void listsRejectedLinesInOrder() {
        take("1", FILE, lease("a", NOW));
        var third = new RejectedLine(3, "no subject", "{}");
        var tenth = new RejectedLine(10, "no time", "ü\"");
        imports.advance("1", lease("a", NOW), step(5, List.of(), third));
        imports.advance("1", lease("a", NOW), step(10, List.of(), tenth, new RejectedLine(11, "no", "")));

        assertThat(imports.rejected("1", 0, 2)).extracting(RejectedLine::line).containsExactly(3L, 10L);
        assertThat(imports.rejected("1", 3, 1)).containsExactly(tenth);
        assertThat(imports.rejected("1", 11, 5)).isEmpty();
    }

    @Test
    void leasesAnImportToOneRunAtATime() {
        take("1", FILE, lease("a", NOW));

        assertThat(imports.take("2", FILE, lease("b", NOW.plusSeconds(29)))).isEmpty();
        assertThat(imports.find("2")).isEmpty();
    }

    @Test
    void continuesInTheNextRunAfterARelease() {
        take("1", FILE, lease("a", NOW));
        imports.advance("1", lease("a", NOW), step(1, events("x")));
        imports.release("1", lease("a", NOW));

        assertThat(take("2", FILE, lease("b", NOW)).progress().line()).isEqualTo(1);
        assertConflict(() -> imports.advance("1", lease("a", NOW), step(2, events("y"))));
        assertThat(logged()).isEqualTo(1);
    }

    @Test
    void expiresTheLease() {
        take("1", FILE, lease("a", NOW));

        assertThat(take("2", FILE, lease("b", MINUTE_LATER)).id()).isEqualTo("1");
        assertConflict(() -> imports.advance("1", lease("a", MINUTE_LATER), step(1, events("x"))));
        assertConflict(() -> imports.finish("1", lease("a", MINUTE_LATER)));
        assertThat(logged()).isZero();
    }

    @Test
    void expiresALeaseThatWasTakenWhileTheClockWasAhead() {
        take("1", FILE, lease("a", NOW.plus(Duration.ofDays(3650))));

        assertThat(take("2", FILE, lease("b", NOW)).id()).isEqualTo("1");
        assertConflict(() -> imports.advance("1", lease("a", NOW), step(1, events("x"))));
    }

    @Test
    void respectsTheLeaseOfANodeWhoseClockIsSlightlyAhead() {
        take("1", FILE, lease("a", NOW.plus(Duration.ofMinutes(5))));

        assertThat(imports.take("2", FILE, lease("b", NOW))).isEmpty();
    }

    @Test
    void renewsTheLeaseWithEachStep() {
        take("1", FILE, lease("a", NOW));
        imports.advance("1", lease("a", NOW.plusSeconds(20)), step(1, events("x")));

        assertThat(imports.take("2", FILE, lease("b", NOW.plusSeconds(45)))).isEmpty();
    }

    @Test
    void doesNotReleaseTheLeaseOfAnotherRun() {
        take("1", FILE, lease("a", NOW));
        take("1", FILE, lease("b", MINUTE_LATER));

        imports.release("1", lease("a", MINUTE_LATER));

        assertThat(imports.take("2", FILE, lease("c", MINUTE_LATER))).isEmpty();
    }

    @Test
    void returnsACompletedImportUnchanged() {
        take("1", FILE, lease("a", NOW));
        imports.advance("1", lease("a", NOW), step(1, events("x"), new RejectedLine(2, "no", "z")));
        imports.advance("1", lease("a", NOW), end(2, null));

        UsageImport done = imports.finish("1", lease("a", MINUTE_LATER));

        assertThat(done.status()).isEqualTo(Status.DONE);
        assertThat(done.finishedAt()).isEqualTo(MINUTE_LATER);
        assertThat(imports.rejected("1", 0, 10)).isEmpty();
        assertThat(imports.take("2", FILE, lease("b", MINUTE_LATER))).contains(done);
        assertConflict(() -> imports.advance("1", lease("a", NOW), step(2, events("y"))));
    }

    @Test
    void restartsAFailedImport() {
        take("1", FILE, lease("a", NOW));
        imports.advance("1", lease("a", NOW), step(1, events("x"), new RejectedLine(2, "no", "z")));
        imports.advance("1", lease("a", NOW), end(2, "too much"));
        UsageImport failed = imports.finish("1", lease("a", NOW));

        UsageImport again = take("2", FILE, lease("b", MINUTE_LATER));

        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.reason()).isEqualTo("too much");
        assertThat(again)
                .isEqualTo(new UsageImport(
                        "1", FILE, Status.RUNNING, false, null, null, Progress.NONE, MINUTE_LATER, MINUTE_LATER, null));
        assertThat(imports.rejected("1", 0, 10)).isEmpty();
    }

    @Test
    void importsANewVersionSeparately() {
        take("1", FILE, lease("a", NOW));
        imports.advance("1", lease("a", NOW), end(0, null));
        imports.finish("1", lease("a", NOW));

        UsageImport second = take("2", version("flights.csv", "v2"), lease("b", NOW));

        assertThat(second.earlierId()).isEqualTo("1");
        assertThat(take("3", version("other.csv", "v2"), lease("c", NOW)).earlierId())
                .isNull();
    }

    @Test
    void failsARunningImportWhenANewVersionArrives() {
        take("1", FILE, lease("a", NOW));

        take("2", version("flights.csv", "v2"), lease("b", MINUTE_LATER));

        UsageImport first = imports.find("1").orElseThrow();
        assertThat(first.status()).isEqualTo(Status.FAILED);
        assertThat(first.reason()).isEqualTo(Imports.REPLACED_REASON);
        assertThat(first.finishedAt()).isEqualTo(MINUTE_LATER);
        assertConflict(() -> imports.advance("1", lease("a", NOW), step(1, events("x"))));
    }

    @Test
    void failsRunningImportsOfADeletedFile() {
        take("1", FILE, lease("a", NOW));
        take("2", version("other.csv", "v1"), lease("b", NOW));

        imports.abandon(FILE.name(), "gone", MINUTE_LATER);

        assertThat(imports.find("1").orElseThrow().status()).isEqualTo(Status.FAILED);
        assertThat(imports.find("1").orElseThrow().reason()).isEqualTo("gone");
        assertThat(imports.find("2").orElseThrow().status()).isEqualTo(Status.RUNNING);
    }

    @Test
    void listsNewestFirst() {
        take("1", version("1.csv", "v1"), lease("a", NOW));
        take("2", version("2.csv", "v1"), lease("b", MINUTE_LATER));
        take("3", version("3.csv", "v1"), lease("c", MINUTE_LATER));
        imports.advance("2", lease("b", MINUTE_LATER), end(0, null));
        imports.finish("2", lease("b", MINUTE_LATER));

        assertThat(ids(new ImportSearch(null, new PageRequest(1, 2)))).containsExactly("3", "2");
        assertThat(ids(new ImportSearch(null, new PageRequest(2, 2)))).containsExactly("1");
        assertThat(ids(new ImportSearch(Status.DONE, new PageRequest(1, 10)))).containsExactly("2");
        assertThat(imports.list(new ImportSearch(Status.RUNNING, new PageRequest(1, 1)))
                        .totalCount())
                .isEqualTo(2);
    }

    private List<String> ids(ImportSearch search) {
        return imports.list(search).items().stream().map(UsageImport::id).toList();
    }
}
