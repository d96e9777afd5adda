package dev.odometer.api.functions.invoices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.api.functions.events.EventViews;
import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.views.InvoiceView;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProveInvoiceLineTest extends InvoicesFixture {

    private final ProveInvoiceLine prove = new ProveInvoiceLine(
            access, usage, ports.log, new EventViews(ports.meters, ports.customers), PlainText::new);

    /** Writes maps as Java prints them: this module has no JSON. */
    private static final class PlainText implements Documents {

        @Override
        public byte[] write(Object value) {
            return value.toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Map<String, @Nullable Object> tree(Object value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> T event(byte[] json, Class<T> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void check(byte[] json) {
            throw new UnsupportedOperationException();
        }
    }

    @BeforeEach
    void subscribe() {
        subscribed();
        draft();
        use("2026-01-05T00:00:00Z", "30");
        now = FEBRUARY;
    }

    private LineProofView proof(InvoiceView invoice, String name) {
        return prove.apply(new ProveInvoiceLine.Input(
                invoice.id(), line(found(invoice.id()), name).id()));
    }

    private LineProofView.Usage usageOf(InvoiceView invoice) {
        return Objects.requireNonNull(proof(invoice, "Name of tokens").usage());
    }

    @Test
    void theUsageIsTheSameAsLongAsNothingArrives() {
        LineProofView.Usage usage = usageOf(draft());

        assertThat(usage.then()).isEqualTo("30");
        assertThat(usage.now()).isEqualTo("30");
        assertThat(usage.difference()).isEqualTo("0");
        assertThat(usage.events().items()).isEmpty();
        assertThat(usage.from()).isEqualTo(JANUARY);
        assertThat(usage.to()).isEqualTo(FEBRUARY);
        assertThat(usage.subjects()).containsExactlyInAnyOrder("acme", "s1");
    }

    @Test
    void lateEventsExplainTheDifference() {
        InvoiceView draft = draft();
        now = FEBRUARY.plus(Duration.ofDays(2));
        use("2026-01-31T00:00:00Z", "12.5");
        use("2026-02-01T00:00:00Z", "99");

        LineProofView.Usage usage = usageOf(draft);

        assertThat(usage.difference()).isEqualTo("12.5");
        assertThat(usage.events().items())
                .extracting(event -> event.event().time())
                .containsExactly(Instant.parse("2026-01-31T00:00:00Z"));
        assertThat(usage.events().hasMore()).isFalse();
        assertThat(usage.readAt()).isEqualTo(FEBRUARY);
    }

    @Test
    void theListOfEventsIsBounded() {
        InvoiceView draft = draft();
        now = FEBRUARY.plus(Duration.ofDays(2));
        for (int i = 0; i < 101; i++) {
            use("2026-01-31T00:00:00Z", "1");
        }

        LineProofView.Usage usage = usageOf(draft);

        assertThat(usage.difference()).isEqualTo("101");
        assertThat(usage.events().items()).hasSize(100);
        assertThat(usage.events().hasMore()).isTrue();
    }

    @Test
    void linksToAllEventsOfTheLine() {
        String url = usageOf(draft()).events().url();

        assertThat(url).startsWith("/api/v2/events?filter=");
        assertThat(URLDecoder.decode(url, StandardCharsets.UTF_8))
                .contains("type={$eq=prompt}")
                .contains("{$gte=2026-01-01T00:00:00Z}, {$lt=2026-02-01T00:00:00Z}");
    }

    @Test
    void aFeeHasNoUsage() {
        LineProofView proof = proof(draft(), "Name of fee");

        assertThat(proof.usage()).isNull();
        assertThat(proof.revision()).isZero();
        assertThat(proof.line().totals().total()).isEqualTo("100.00");
    }

    @Test
    void aCorrectionNamesTheInvoiceThatItCorrects() {
        InvoiceView first =
                issued(new SnapshotQuantitiesInvoice(access).apply(new SnapshotQuantitiesInvoice.Input(draft().id())));
        use("2026-01-31T00:00:00Z", "10");
        now = FEBRUARY.plus(Duration.ofDays(2));

        InvoiceView second = draft();
        LineProofView proof = proof(second, "Name of tokens: correction of INV-1");

        assertThat(Objects.requireNonNull(proof.corrects()).id()).isEqualTo(first.id());
        assertThat(proof.revision()).isEqualTo(1);
        assertThat(proof.line().totals().total()).isEqualTo("1.00");
    }

    @Test
    void anUnknownLineIsNotFound() {
        InvoiceView draft = draft();

        assertThat(refusal(() -> prove.apply(new ProveInvoiceLine.Input(draft.id(), "none")))
                        .kind())
                .isEqualTo(RefusalKind.NOT_FOUND);
    }
}
