package dev.odometer.metering.entitlement;

import static dev.odometer.metering.entitlement.Examples.NOW;
import static dev.odometer.metering.entitlement.Examples.customer;
import static dev.odometer.metering.entitlement.Examples.entitlement;
import static dev.odometer.metering.entitlement.Examples.feature;
import static dev.odometer.metering.entitlement.Examples.grant;
import static dev.odometer.metering.entitlement.Examples.meter;
import static dev.odometer.metering.entitlement.Examples.monthly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.entitlement.GrantSearch.Order;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.resource.Page;
import dev.odometer.metering.resource.PageRequest;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of {@link Entitlements} for lists of grants, and for entitlements that come with grants. */
public abstract class GrantsContract {

    private static final Customer ACME = customer("acme");
    private static final Customer GLOBEX = customer("globex");
    private static final Feature TOKENS = feature("tokens", meter(Aggregation.SUM), Map.of());
    private static final Feature CALLS = feature("calls", meter(Aggregation.SUM), Map.of());
    private static final Entitlement HUNDRED = entitlement("e1", ACME, TOKENS, monthly("100"));
    private static final Entitlement NONE = entitlement("e2", GLOBEX, CALLS, monthly("0"));

    /** A grant with all fields. */
    private static final Grant GIFT = new Grant(
            "g1",
            "e1",
            new BigDecimal("0.5"),
            255,
            Instant.parse("2026-01-12T00:00:00Z"),
            new Grant.Expiration(Grant.Expiration.Unit.MONTH, 2),
            new Grant.Rollover(BigDecimal.ONE, BigDecimal.TEN),
            Grant.recurrence("P1M", Instant.parse("2026-01-31T00:00:00Z")),
            Map.of("why", "gift"),
            Map.of("order", Map.of("lines", List.of("a", true, new BigDecimal("1.5")))),
            NOW.plusSeconds(1),
            null);

    private EntitlementStores stores = empty();

    protected abstract EntitlementStores empty();

    @BeforeEach
    void startEmpty() {
        stores = empty();
        stores.meters().add(meter(Aggregation.SUM));
        List.of(ACME, GLOBEX).forEach(stores.customers()::add);
        List.of(TOKENS, CALLS).forEach(stores.features()::add);
        stores.entitlements().add(HUNDRED);
        stores.entitlements().add(NONE);
        stores.entitlements().grant(GIFT);
        stores.entitlements().grant(grant("g2", "e2", "50", "2026-01-10T00:00:00Z"));
    }

    private static GrantSearch search(
            List<String> entitlements, List<String> customers, List<String> features, boolean deleted) {
        return new GrantSearch(
                entitlements, customers, features, deleted, Order.CREATED_AT, false, new PageRequest(1, 5));
    }

    private List<String> ids(GrantSearch search) {
        return stores.entitlements().grants(search).items().stream()
                .map(Grant::id)
                .toList();
    }

    private List<String> ids(Order order, boolean descending, PageRequest page) {
        return ids(new GrantSearch(List.of(), List.of(), List.of(), false, order, descending, page));
    }

    @Test
    void listsGrantsWithTheAllowance() {
        Page<Grant> all = stores.entitlements().grants(search(List.of(), List.of(), List.of(), false));

        assertThat(all.totalCount()).isEqualTo(3);
        assertThat(all.items())
                .containsExactly(
                        Grant.ofAllowance(HUNDRED).orElseThrow(),
                        grant("g2", "e2", "50", "2026-01-10T00:00:00Z"),
                        GIFT);
    }

    @Test
    void filtersGrants() {
        assertThat(ids(search(List.of("e1"), List.of(), List.of(), false))).containsExactly("e1", "g1");
        assertThat(ids(search(List.of(), List.of("c-globex"), List.of(), false)))
                .containsExactly("g2");
        assertThat(ids(search(List.of(), List.of(), List.of("calls", "f-tokens"), false)))
                .containsExactly("e1", "g2", "g1");
        assertThat(ids(search(List.of("e1"), List.of("c-globex"), List.of(), false)))
                .isEmpty();
        assertThat(ids(search(List.of(), List.of(), List.of("\0"), false))).isEmpty();
    }

    @Test
    void ordersGrants() {
        var five = new PageRequest(1, 5);
        stores.entitlements().voidGrant("g2", NOW.plusSeconds(9));

        assertThat(ids(Order.ID, true, five)).containsExactly("g2", "g1", "e1");
        assertThat(ids(Order.EFFECTIVE_AT, false, five)).containsExactly("e1", "g2", "g1");
        assertThat(ids(Order.CREATED_AT, true, five)).containsExactly("g1", "g2", "e1");
        assertThat(ids(Order.UPDATED_AT, false, five)).containsExactly("e1", "g1", "g2");
        stores.entitlements().voidGrant("g1", NOW.minusSeconds(9));
        assertThat(ids(Order.UPDATED_AT, false, five)).containsExactly("e1", "g1", "g2");
        assertThat(ids(Order.ID, false, PageRequest.window(2, 1))).containsExactly("g1", "g2");
    }

    @Test
    void keepsVoidedGrantsAndThoseOfDeletedEntitlements() {
        stores.entitlements().voidGrant("g1", NOW.plusSeconds(9));
        stores.entitlements().delete("e2", NOW.plusSeconds(9));

        assertThat(stores.entitlements()
                        .grants(search(List.of("e1"), List.of(), List.of(), false))
                        .items())
                .contains(GIFT.voided(NOW.plusSeconds(9)));
        assertThat(ids(search(List.of("e2"), List.of(), List.of(), false))).isEmpty();
        assertThat(ids(search(List.of("e2"), List.of(), List.of(), true))).containsExactly("g2");
    }

    @Test
    void doesNotVoidAnAllowance() {
        assertThat(refused(() -> stores.entitlements().voidGrant("e1", NOW))).isEqualTo(RefusalKind.CONFLICT);
        assertThat(refused(() -> stores.entitlements().voidGrant("e2", NOW))).isEqualTo(RefusalKind.NOT_FOUND);
    }

    private static RefusalKind refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(Refusal.class, call).kind();
    }

    /** Grants on an entitlement, one of which rolls over. */
    private static List<Grant> two(String entitlement) {
        Grant rolls = new Grant(
                "n1",
                entitlement,
                BigDecimal.TEN,
                1,
                Instant.parse("2026-01-05T00:00:00Z"),
                null,
                new Grant.Rollover(BigDecimal.ZERO, BigDecimal.TEN),
                null,
                Map.of(),
                Map.of(),
                NOW,
                null);
        return List.of(rolls, grant("n2", entitlement, "7", "2026-01-06T00:00:00Z"));
    }

    private Balance balance(String time) {
        return Objects.requireNonNull(stores.entitlements()
                .statuses("acme", "calls", Instant.parse(time))
                .orElseThrow()
                .get(0)
                .balance());
    }

    @Test
    void addsAnEntitlementWithGrants() {
        stores.entitlements().add(entitlement("e3", ACME, CALLS, monthly("0")), two("e3"));

        assertThat(ids(search(List.of("e3"), List.of(), List.of(), false))).containsExactly("n1", "n2");
        assertThat(balance("2026-01-07T00:00:00Z").remaining()).isEqualTo(new BigDecimal("17"));
        assertThat(balance("2026-05-07T00:00:00Z").remaining()).isEqualTo(BigDecimal.TEN);
    }

    @Test
    void replacesAnEntitlement() {
        Instant later = NOW.plusSeconds(60);
        Entitlement successor = new Entitlement(
                "e3", "c-acme", "f-tokens", "tokens", monthly("0"), Map.of("a", "b"), Lifecycle.created(later));

        stores.entitlements().replace("e1", successor, two("e3"));

        assertThat(stores.entitlements().find("c-acme", "tokens", NOW)).contains(successor);
        assertThat(stores.entitlements().find("e1")).contains(HUNDRED.deleted(later));
        assertThat(ids(search(List.of(), List.of("c-acme"), List.of(), false))).containsExactly("n1", "n2");
        assertThat(ids(search(List.of("e1"), List.of(), List.of(), true))).containsExactly("e1", "g1");
    }

    @Test
    void aRefusedReplacementChangesNothing() {
        Entitlement otherFeature = entitlement("e3", ACME, CALLS, monthly("1"));
        Entitlement otherCustomer = entitlement("e3", GLOBEX, TOKENS, monthly("1"));
        Entitlement unmetered = entitlement("e3", ACME, TOKENS, new Terms.BooleanAccess(null));

        assertThat(refused(() -> stores.entitlements().replace("e1", otherFeature, List.of())))
                .isEqualTo(RefusalKind.INVALID);
        assertThat(refused(() -> stores.entitlements().replace("e1", otherCustomer, List.of())))
                .isEqualTo(RefusalKind.INVALID);
        assertThat(refused(() -> stores.entitlements().replace("e1", unmetered, two("e3"))))
                .isEqualTo(RefusalKind.CONFLICT);
        assertThat(refused(() -> stores.entitlements().replace("e9", otherFeature, List.of())))
                .isEqualTo(RefusalKind.NOT_FOUND);
        assertThat(stores.entitlements().find("c-acme", "tokens", NOW)).contains(HUNDRED);
        assertThat(ids(search(List.of("e3"), List.of(), List.of(), true))).isEmpty();
    }
}
