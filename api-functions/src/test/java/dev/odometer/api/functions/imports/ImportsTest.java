package dev.odometer.api.functions.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.api.functions.ApiFixture;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.imports.FileVersion;
import dev.odometer.metering.imports.InMemoryImports;
import dev.odometer.metering.imports.Lease;
import dev.odometer.metering.imports.RejectedLine;
import dev.odometer.metering.imports.Step;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImportsTest {

    private static final String FIRST = "01ARZ3NDEKTSV4RRFFQ69G5FA1";
    private static final String SECOND = "01ARZ3NDEKTSV4RRFFQ69G5FA2";
    private static final Instant LATER = ApiFixture.NOW.plusSeconds(9);

    private final ApiFixture fixture = new ApiFixture();
    private final InMemoryImports imports = new InMemoryImports(fixture.log);
    private final GetImport getImport = new GetImport(imports);
    private final ListImports listImports = new ListImports(imports);

    private static Lease lease(Instant now) {
        return new Lease("run", now, now.plusSeconds(60));
    }

    private void take(String id, String version, Instant now) {
        imports.take(id, new FileVersion(new FileName("inbox", "calls.csv"), version, 3000), lease(now));
    }

    private void move(String id, @Nullable String reason) {
        var event = ApiFixture.prompt("1", "acme", ApiFixture.NOW, null);
        imports.advance(
                id,
                lease(ApiFixture.NOW),
                new Step(
                        List.of(event, event),
                        List.of(new RejectedLine(3, "no", "")),
                        900,
                        3,
                        1000,
                        Duration.ofMillis(1500),
                        reason != null,
                        reason));
    }

    @BeforeEach
    void startAnImport() {
        take(FIRST, "v1", ApiFixture.NOW);
    }

    @Test
    void returnsTheProgressOfARunningImport() {
        move(FIRST, null);

        assertThat(getImport.apply(new GetImport.Input(FIRST.toLowerCase(java.util.Locale.ROOT))))
                .isEqualTo(new ImportView(
                        FIRST,
                        "inbox",
                        "calls.csv",
                        "v1",
                        3000,
                        "running",
                        null,
                        null,
                        new BigDecimal("0.333"),
                        3,
                        1,
                        1,
                        1,
                        new BigDecimal("1.500"),
                        2,
                        ApiFixture.NOW,
                        ApiFixture.NOW,
                        null));
    }

    @Test
    void returnsTheReasonOfAFailedImport() {
        move(FIRST, "too much");
        imports.finish(FIRST, lease(LATER));

        ImportView view = getImport.apply(new GetImport.Input(FIRST));

        assertThat(view.status()).isEqualTo("failed");
        assertThat(view.reason()).isEqualTo("too much");
        assertThat(view.finishedAt()).isEqualTo(LATER);
    }

    @Test
    void listsNewestFirstAndFiltersByStatus() {
        take(SECOND, "v2", LATER);

        assertThat(ids(null)).containsExactly(SECOND, FIRST);
        assertThat(ids("failed")).containsExactly(FIRST);
        assertThat(ids("done")).isEmpty();
        assertThat(getImport.apply(new GetImport.Input(SECOND)).earlierImportId())
                .isEqualTo(FIRST);
    }

    private List<String> ids(@Nullable String status) {
        return listImports.apply(new ListImports.Input(null, null, status)).items().stream()
                .map(ImportView::id)
                .toList();
    }

    @Test
    void refusesInvalidIds() {
        assertThatThrownBy(() -> getImport.apply(new GetImport.Input("calls.csv")))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> getImport.apply(new GetImport.Input(SECOND))).isInstanceOf(Refusal.class);
    }
}
