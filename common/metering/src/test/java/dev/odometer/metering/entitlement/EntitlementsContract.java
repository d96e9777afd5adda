package dev.odometer.metering.entitlement;

import static dev.odometer.metering.entitlement.Examples.NOW;
import static dev.odometer.metering.entitlement.Examples.customer;
import static dev.odometer.metering.entitlement.Examples.entitlement;
import static dev.odometer.metering.entitlement.Examples.feature;
import static dev.odometer.metering.entitlement.Examples.grant;
import static dev.odometer.metering.entitlement.Examples.meter;
import static dev.odometer.metering.entitlement.Examples.monthly;
import static dev.odometer.metering.entitlement.Examples.prompt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.resource.PageRequest;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The contract of {@link Entitlements}; one subclass per store. */
public abstract class EntitlementsContract extends EntitlementFixture {

    @Test
    void findsAnEntitlementByIdOrFeature() {
        Entitlement fixed = entitlement(
                "e3",
                customer("globex"),
                TOKENS,
                new Terms.Static("{\"model\": \"gpt\"}", monthly("1").period()));
        stores.customers().add(customer("globex"));
        List.of(METERED, SWITCH, fixed).forEach(stores.entitlements()::add);

        assertThat(stores.entitlements().find("e1")).contains(METERED);
        assertThat(stores.entitlements().find("c-acme", "sso", NOW)).contains(SWITCH);
        assertThat(stores.entitlements().find("c-acme", "f-tokens", NOW)).contains(METERED);
        assertThat(stores.entitlements().find("c-globex", "e3", NOW)).contains(fixed);
        assertThat(stores.entitlements().find("c-globex", "e1", NOW)).isEmpty();
    }

    @Test
    void refusesASecondEntitlementWithTheIdOfTheFirst() {
        stores.entitlements().add(METERED);
        Entitlement second = entitlement("e9", ACME, TOKENS, new Terms.BooleanAccess(null));

        Refusal refusal =
                catchThrowableOfType(Refusal.class, () -> stores.entitlements().add(second));

        assertThat(refusal.kind()).isEqualTo(RefusalKind.CONFLICT);
        assertThat(refusal.conflictingId()).isEqualTo("e1");
        stores.entitlements().delete("e1", NOW.plusSeconds(1));
        stores.entitlements().add(second);
        assertThat(stores.entitlements().find("c-acme", "tokens", NOW)).contains(second);
        assertThat(stores.entitlements().find("e1")).contains(METERED.deleted(NOW.plusSeconds(1)));
    }

    @Test
    void refusesInvalidEntitlements() {
        stores.features().archive("f-tokens", NOW);

        assertThat(refused(() -> stores.entitlements().add(METERED))).isEqualTo(RefusalKind.NOT_FOUND);
        assertThat(refused(() -> stores.entitlements()
                        .add(entitlement("e3", customer("unknown"), SSO, new Terms.BooleanAccess(null)))))
                .isEqualTo(RefusalKind.NOT_FOUND);
        assertThat(refused(() -> stores.entitlements().add(entitlement("e3", ACME, SSO, monthly("1")))))
                .isEqualTo(RefusalKind.INVALID);
        assertThat(refused(() -> stores.entitlements().delete("e1", NOW))).isEqualTo(RefusalKind.NOT_FOUND);
    }

    @Test
    void listsPagesInOrder() {
        stores.entitlements().add(METERED);
        stores.entitlements().add(SWITCH);
        stores.entitlements().delete("e1", NOW.plusSeconds(1));

        assertThat(listed(List.of(), List.of(), List.of(), true)).containsExactly("e2", "e1");
        assertThat(listed(List.of("c-acme"), List.of("sso"), List.of("boolean"), false))
                .containsExactly("e2");
        assertThat(listed(List.of(), List.of("f-tokens"), List.of(), true)).containsExactly("e1");
        assertThat(listed(List.of("\0"), List.of(), List.of(), true)).isEmpty();
    }

    private List<String> listed(List<String> customers, List<String> features, List<String> types, boolean deleted) {
        var search = new EntitlementSearch(
                customers,
                features,
                types,
                deleted,
                null,
                EntitlementSearch.Order.CREATED_AT,
                true,
                new PageRequest(1, 5));
        return stores.entitlements().list(search).items().stream()
                .map(Entitlement::id)
                .toList();
    }

    @Test
    void countsUsageOfAllSubjectsOfTheCustomer() {
        stores.entitlements().add(METERED);
        stores.usage()
                .append(List.of(
                        prompt("1", "acme", "2026-01-05T00:00:00Z", "10.5"),
                        prompt("2", "s1", "2026-01-06T00:00:00Z", "20"),
                        prompt("3", "s2", "2026-01-31T23:59:59Z", "60"),
                        prompt("4", "other", "2026-01-06T00:00:00Z", "1000"),
                        prompt("5", "s1", "2026-02-01T00:00:00Z", "200")));

        assertThat(status("2026-01-31T23:59:00Z").balance()).isEqualTo(balance("69.5", "30.5", "0", "100"));
        assertThat(status("2026-01-31T23:59:01Z").balance()).isEqualTo(balance("9.5", "90.5", "0", "100"));
        assertThat(status("2026-02-01T00:00:00Z").balance()).isEqualTo(balance("100", "0", "0", "100"));
        EntitlementStatus over = status("2026-02-10T00:00:00Z");
        assertThat(over.balance()).isEqualTo(balance("0", "200", "100", "100"));
        assertThat(over.hasAccess()).isFalse();
        assertThat(over.period()).isEqualTo(new Window(at("2026-02-01T00:00:00Z"), at("2026-03-01T00:00:00Z")));
        assertThat(over.lastReset()).isEqualTo(at("2026-02-01T00:00:00Z"));
    }

    @Test
    void countsOnlyUsageThatMatchesTheFilters() {
        var filtered = feature("gpt", meter(Aggregation.SUM), Map.of("model", TextFilter.of(TextFilter.Op.LIKE, "g%")));
        var none = feature("none", meter(Aggregation.SUM), Map.of("region", TextFilter.of(TextFilter.Op.EQ, "eu")));
        stores.features().add(filtered);
        stores.features().add(none);
        stores.entitlements().add(entitlement("e3", ACME, filtered, monthly("100")));
        stores.entitlements().add(entitlement("e4", ACME, none, monthly("100")));
        stores.entitlements().add(SWITCH);
        stores.usage().append(List.of(prompt("1", "s1", "2026-01-05T00:00:00Z", "10")));

        List<EntitlementStatus> all = stores.entitlements()
                .statuses("c-acme", null, at("2026-01-31T00:00:00Z"))
                .orElseThrow();

        assertThat(all).extracting(s -> s.entitlement().featureKey()).containsExactly("gpt", "none", "sso");
        assertThat(all.get(0).balance()).isEqualTo(balance("90", "10", "0", "100"));
        assertThat(all.get(1).balance()).isEqualTo(balance("100", "0", "0", "100"));
        assertThat(all.get(2)).isEqualTo(EntitlementStatus.of(SWITCH));
    }

    @Test
    void boundsTheStatusesOfACustomer() {
        for (String key : List.of("a", "b", "c")) {
            var feature = feature(key);
            stores.features().add(feature);
            stores.entitlements().add(entitlement("e-" + key, ACME, feature, new Terms.BooleanAccess(null)));
        }
        stores.entitlements().delete("e-c", NOW);

        assertThat(stores.entitlements().statuses("acme", NOW, 2).orElseThrow())
                .extracting(status -> status.entitlement().featureKey())
                .containsExactly("a", "b");
        assertThatThrownBy(() -> stores.entitlements().statuses("acme", NOW, 1))
                .hasMessage(Entitlements.tooMany(1).getMessage());
        assertThat(stores.entitlements().statuses("unknown", NOW, 1)).isEmpty();
    }

    @Test
    void returnsNoStatusesForAnUnknownCustomer() {
        stores.entitlements().add(SWITCH);

        assertThat(stores.entitlements().statuses("unknown", null, NOW)).isEmpty();
        assertThat(stores.entitlements().statuses("s1", null, NOW)).isEmpty();
        assertThat(stores.entitlements().statuses("acme", "tokens", NOW)).contains(List.of());
        assertThat(stores.entitlements().statuses("acme", "\0", NOW)).contains(List.of());
        stores.customers().replace(ACME.deleted(NOW));
        assertThat(stores.entitlements().statuses("c-acme", null, NOW)).isEmpty();
    }

    @Test
    void burnsDownGrantsUntilTheyAreVoided() {
        stores.entitlements().add(METERED);
        stores.entitlements().grant(grant("g1", "e1", "50", "2026-01-10T00:00:30Z"));
        stores.entitlements().grant(grant("g2", "e1", "7", "2026-01-11T00:00:00Z"));
        stores.entitlements().voidGrant("g2", at("2026-01-12T00:00:59Z"));
        stores.usage().append(List.of(prompt("1", "s1", "2026-01-05T00:00:00Z", "120")));

        assertThat(status("2026-01-09T00:00:00Z").balance()).isEqualTo(balance("0", "120", "20", "100"));
        assertThat(status("2026-01-10T00:00:00Z").balance()).isEqualTo(balance("30", "120", "0", "150"));
        assertThat(status("2026-01-11T12:00:00Z").balance()).isEqualTo(balance("37", "120", "0", "157"));
        assertThat(status("2026-01-12T00:00:00Z").balance()).isEqualTo(balance("30", "120", "0", "150"));
        assertThat(refused(() -> stores.entitlements().voidGrant("g2", NOW))).isEqualTo(RefusalKind.INVALID);
        assertThat(refused(() -> stores.entitlements().voidGrant("g3", NOW))).isEqualTo(RefusalKind.NOT_FOUND);
    }

    @Test
    void refusesInvalidGrantsAndResets() {
        stores.entitlements().add(METERED);
        stores.entitlements().add(SWITCH);
        Reset early = new Reset(at("2025-12-31T23:59:59Z"), NOW, false);

        assertThat(refused(() -> stores.entitlements().grant(grant("g", "e2", "1", "2026-01-01T00:00:00Z"))))
                .isEqualTo(RefusalKind.CONFLICT);
        assertThat(refused(() -> stores.entitlements().grant(grant("g", "e9", "1", "2026-01-01T00:00:00Z"))))
                .isEqualTo(RefusalKind.NOT_FOUND);
        assertThat(refused(() -> stores.entitlements().reset("e1", early))).isEqualTo(RefusalKind.INVALID);
        assertThat(refused(() -> stores.entitlements().reset("e2", early))).isEqualTo(RefusalKind.CONFLICT);
        stores.entitlements().delete("e1", NOW);
        assertThat(refused(() -> stores.entitlements().grant(grant("g", "e1", "1", "2026-01-01T00:00:00Z"))))
                .isEqualTo(RefusalKind.NOT_FOUND);
        assertThatThrownBy(() -> stores.entitlements().reset("e1", early)).hasMessageContaining("not found");
    }

    @Test
    void endsThePeriodAtAReset() {
        stores.entitlements().add(METERED);
        stores.usage().append(List.of(prompt("1", "s1", "2026-01-05T00:00:00Z", "130")));
        Instant reset = at("2026-01-10T12:00:00Z");
        stores.entitlements().reset("e1", new Reset(reset, NOW, false));
        stores.entitlements().reset("e1", new Reset(reset.plusSeconds(30), reset, true));

        assertThat(status("2026-01-09T00:00:00Z").period()).isEqualTo(new Window(at("2026-01-01T00:00:00Z"), reset));
        EntitlementStatus after = status("2026-01-20T00:00:00Z");
        assertThat(after.balance()).isEqualTo(balance("70", "0", "0", "70"));
        assertThat(after.period()).isEqualTo(new Window(reset, at("2026-02-10T12:00:00Z")));
        assertThat(refused(
                        () -> stores.entitlements().reset("e1", new Reset(at("2026-01-10T11:59:59Z"), reset, false))))
                .isEqualTo(RefusalKind.INVALID);
        assertThat(stores.entitlements().lastResets(List.of("e1", "e2", "e1", "nothing")))
                .isEqualTo(Map.of("e1", new Reset(reset, reset, true)));
    }

    @Test
    void rollsGrantsOver() {
        stores.entitlements().add(METERED);
        var rollover = new Grant.Rollover(BigDecimal.ZERO, new BigDecimal("40"));
        stores.entitlements().grant(grant(grant("g1", "e1", "50", "2026-01-10T00:00:00Z"), null, rollover, null));
        stores.usage()
                .append(List.of(
                        prompt("1", "s1", "2026-01-15T00:00:00Z", "105"),
                        prompt("2", "s1", "2026-02-05T00:00:00Z", "110")));

        assertThat(status("2026-02-01T00:00:00Z").balance()).isEqualTo(balance("140", "0", "0", "140"));
        assertThat(status("2026-12-01T00:00:00Z").balance()).isEqualTo(balance("130", "0", "0", "130"));
    }
}
