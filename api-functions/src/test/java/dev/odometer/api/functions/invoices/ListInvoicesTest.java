package dev.odometer.api.functions.invoices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.subscription.SubscriptionExamples;
import dev.odometer.views.InvoiceView;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListInvoicesTest extends InvoicesFixture {

    private static final String ACME = SubscriptionExamples.ACME.id();

    private String issuedId = "";
    private String draftId = "";

    @BeforeEach
    void twoInvoices() {
        subscribed();
        issuedId = issued(draft()).id();
        now = FEBRUARY;
        draftId = draft().id();
    }

    private List<String> ids(@Nullable List<@Nullable String> statuses, @Nullable List<@Nullable String> extended) {
        return views(statuses, extended, List.of(ACME)).stream()
                .map(InvoiceView::id)
                .toList();
    }

    private List<InvoiceView> views(
            @Nullable List<@Nullable String> statuses,
            @Nullable List<@Nullable String> extended,
            List<@Nullable String> customers) {
        return list.apply(new ListInvoices.Input(
                        statuses, extended, null, null, null, null, null, null, null, customers, null, null, null, null,
                        null))
                .items();
    }

    @Test
    void filtersByBothKindsOfStatus() {
        assertThat(ids(null, null)).containsExactly(issuedId, draftId);
        assertThat(ids(List.of("draft"), null)).containsExactly(draftId);
        assertThat(ids(List.of("draft", "overdue"), null)).containsExactly(issuedId, draftId);
        assertThat(ids(null, List.of("draft.waiting_for_collection"))).containsExactly(draftId);
        assertThat(ids(List.of("overdue"), List.of("draft.waiting_for_collection")))
                .isEmpty();
        assertThat(ids(List.of("issuing"), null)).isEmpty();
        assertThat(refusal(() -> ids(List.of("new"), null)).detail()).startsWith("statuses must be one of deleted,");
    }

    @Test
    void showsLinesOnlyOnRequest() {
        assertThat(views(null, null, List.of()).get(0).lines()).isNull();

        List<InvoiceView> expanded = list.apply(new ListInvoices.Input(
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of("lines", "workflow.apps", "preceding"),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null))
                .items();

        assertThat(lines(expanded.get(0))).hasSize(1);
        assertThat(expanded.get(0).workflow().apps().invoicing().name()).isEqualTo("Sandbox");
    }

    @Test
    void showsTheItemOfASubscription() {
        var line = line(found(issuedId), "Name of fee");

        assertThat(line.managedBy()).isEqualTo("subscription");
        var subscription = Objects.requireNonNull(line.subscription());
        assertThat(subscription.subscription().id()).isEqualTo("s1");
        assertThat(subscription.billingPeriod().from()).isEqualTo(JANUARY);
    }

    @Test
    void filtersByTimesWithTheirBounds() {
        assertThat(between(JANUARY, JANUARY)).containsExactly(issuedId);
        assertThat(between(JANUARY.plusMillis(1), null)).isEmpty();
    }

    private List<String> between(java.time.Instant from, java.time.@Nullable Instant to) {
        return list
                .apply(new ListInvoices.Input(
                        null, null, from, to, null, null, null, null, null, null, null, null, null, null, null))
                .items()
                .stream()
                .map(InvoiceView::id)
                .toList();
    }

    @Test
    void listsPendingLinesByTheirStatus() {
        String waiting = created(pending(null, flat("1"), MARCH)).invoice().id();

        assertThat(ids(List.of("gathering"), null)).containsExactly(waiting);
        assertThat(ids(null, null)).doesNotContain(waiting);
        assertThat(refusal(() -> ids(List.of("gathering", "draft"), null)).detail())
                .startsWith("the status gathering requires exactly one customer");
        assertThat(refusal(() -> views(List.of("gathering"), null, List.of())).detail())
                .startsWith("the status gathering requires exactly one customer");
    }
}
