package dev.odometer.metering.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.file.FileName;
import dev.odometer.metering.export.ExportRequest.Format;
import dev.odometer.metering.usage.WindowSize;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of {@link Exports}; one subclass per store. */
public abstract class ExportsContract {

    private static final Instant NOW = Instant.parse("2026-11-02T03:00:00.123456Z");
    private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");

    private Exports exports = empty();

    protected abstract Exports empty();

    @BeforeEach
    void startEmpty() {
        exports = empty();
    }

    private static ExportRequest request(int revision, String... meters) {
        return new ExportRequest(
                FROM,
                FROM.plusSeconds(86_400),
                WindowSize.HOUR,
                ZoneId.of("Europe/Berlin"),
                List.of(meters),
                Format.NDJSON,
                revision);
    }

    /** An export whose id sorts by the number. */
    private static Export export(int n) {
        return Export.of("01ARZ3NDEKTSV4RRFFQ69G5%03d".formatted(n), request(n), NOW.plusSeconds(n));
    }

    private List<Integer> revisions(List<Export> found) {
        return found.stream().map(export -> export.request().revision()).toList();
    }

    private static ExportedFile file(String meter) {
        return new ExportedFile(meter, new FileName("bucket", "usage/" + meter + "/ü.csv"), 4_000_000_000L, NOW);
    }

    @Test
    void returnsAStoredExport() {
        Export export = Export.of("01ARZ3NDEKTSV4RRFFQ69G5000", request(7, "tokens", "calls"), NOW);

        assertThat(exports.add(export)).isEqualTo(export);

        assertThat(exports.find(export.id())).contains(export);
        assertThat(exports.find("01ARZ3NDEKTSV4RRFFQ69G5001")).isEmpty();
        assertThat(exports.find("\0")).isEmpty();
    }

    @Test
    void storesEqualRequestsOnce() {
        Export first = exports.add(export(1));

        Export second = exports.add(Export.of("01ARZ3NDEKTSV4RRFFQ69G5999", first.request(), NOW));

        assertThat(second).isEqualTo(first);
        assertThat(exports.list(null, 10)).containsExactly(first);
    }

    @Test
    void distinguishesRequestsByEveryField() {
        ExportRequest one = request(0, "a", "b");
        List<ExportRequest> requests = List.of(
                one,
                new ExportRequest(
                        FROM.plusSeconds(1), one.to(), one.windowSize(), one.zone(), one.meters(), one.format(), 0),
                new ExportRequest(
                        FROM, one.to().minusSeconds(1), one.windowSize(), one.zone(), one.meters(), one.format(), 0),
                new ExportRequest(FROM, one.to(), WindowSize.DAY, one.zone(), one.meters(), one.format(), 0),
                new ExportRequest(FROM, one.to(), one.windowSize(), ZoneOffset.UTC, one.meters(), one.format(), 0),
                new ExportRequest(FROM, one.to(), one.windowSize(), one.zone(), List.of(), one.format(), 0),
                new ExportRequest(FROM, one.to(), one.windowSize(), one.zone(), List.of("a_b"), one.format(), 0),
                new ExportRequest(FROM, one.to(), one.windowSize(), one.zone(), one.meters(), Format.CSV, 0),
                request(1, "a", "b"));

        for (int i = 0; i < requests.size(); i++) {
            exports.add(Export.of("01ARZ3NDEKTSV4RRFFQ69G500" + i, requests.get(i), NOW));
        }

        assertThat(exports.list(null, 100)).hasSize(requests.size());
    }

    @Test
    void storesTheProgress() {
        Export export = exports.add(export(1));
        Export halfway = export.with(file("tokens")).with(file("calls")).attempted();
        Export failed = halfway.failed("no \"such\" bucket", NOW.plusSeconds(5));

        exports.replace(halfway);
        assertThat(exports.find(export.id())).contains(halfway);
        exports.replace(failed);
        assertThat(exports.find(export.id())).contains(failed);
        exports.replace(failed.restarted().done(NOW));
        assertThat(exports.find(export.id())).contains(failed.restarted().done(NOW));
    }

    @Test
    void ignoresTheProgressOfAnUnknownExport() {
        exports.replace(export(1));

        assertThat(exports.list(null, 10)).isEmpty();
    }

    @Test
    void listsNewestFirstPageByPage() {
        List.of(2, 1, 4, 3).forEach(n -> exports.add(export(n)));

        List<Export> first = exports.list(null, 2);

        assertThat(revisions(first)).containsExactly(4, 3);
        assertThat(revisions(exports.list(first.get(1).id(), 10))).containsExactly(2, 1);
        assertThat(exports.list("0", 10)).isEmpty();
    }

    @Test
    void findsThePendingExportWithTheFewestAttempts() {
        assertThat(exports.nextPending()).isEmpty();
        List.of(1, 2, 3).forEach(n -> exports.add(export(n)));

        assertThat(exports.nextPending()).contains(export(1));
        exports.replace(export(1).done(NOW));
        assertThat(exports.nextPending()).contains(export(2));
        exports.replace(export(2).attempted());
        assertThat(exports.nextPending()).contains(export(3));
        exports.replace(export(3).failed("no", NOW));
        assertThat(exports.nextPending()).contains(export(2).attempted());
    }

    @Test
    void removesOldFinishedExportsInBatches() {
        List.of(1, 2, 3, 4, 5).forEach(n -> exports.add(export(n)));
        List.of(1, 2, 3).forEach(n -> exports.replace(export(n).done(NOW.plusSeconds(n))));
        exports.replace(export(4).failed("no", NOW));

        assertThat(exports.removeFinished(NOW.plusSeconds(3), 2)).isEqualTo(2);
        assertThat(exports.removeFinished(NOW.plusSeconds(3), 2)).isEqualTo(1);
        assertThat(exports.removeFinished(NOW.plusSeconds(3), 2)).isZero();
        assertThat(revisions(exports.list(null, 10))).containsExactly(5, 3);
        assertThat(exports.add(export(1))).isEqualTo(export(1));
    }
}
