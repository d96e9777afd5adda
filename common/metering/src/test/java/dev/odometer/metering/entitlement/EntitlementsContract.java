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
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.resource.Page;
import dev.odometer.metering.resource.PageRequest;
import dev.odometer.metering.usage.TextFilter;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Entitlements} must do; one subclass per store. */
public abstract class EntitlementsContract {

    private static final Customer ACME = customer("acme", "s1", "s2");
    private static final Feature TOKENS = feature("tokens", meter(Aggregation.SUM), Map.of());
    private static final Feature SSO = feature("sso");
    private static final Entitlement METERED = entitlement("e1", ACME, TOKENS, monthly("100"));
    private static final Entitlement SWITCH = entitlement("e2", ACME, SSO, new Terms.Switch());

    private House house = empty();

    protected abstract House empty();

    @BeforeEach
    void startEmpty() {
        house = empty();
        house.meters().add(meter(Aggregation.SUM));
        house.customers().add(ACME);
        house.features().add(TOKENS);
        house.features().add(SSO);
    }

    private static Instant at(String time) {
        return Instant.parse(time);
    }

    private EntitlementStatus status(String time) {
        return house.entitlements()
                .statuses("acme", "tokens", at(time))
                .orElseThrow()
                .get(0);
    }

    private static Balance balance(String left, String usage, String overage, String granted) {
        return new Balance(
                new BigDecimal(left), new BigDecimal(usage), new BigDecimal(overage), new BigDecimal(granted));
    }

    private static RefusalKind refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(Refusal.class, call).kind();
    }

    @Test
    void givesBackWhatWasAdded() {
        Entitlement fixed = entitlement("e3", customer("globex"), TOKENS, new Terms.Static("{\"model\": \"gpt\"}"));
        house.customers().add(customer("globex"));
        List.of(METERED, SWITCH, fixed).forEach(house.entitlements()::add);

        assertThat(house.entitlements().find("e1")).contains(METERED);
        assertThat(house.entitlements().find("c-acme", "sso")).contains(SWITCH);
        assertThat(house.entitlements().find("c-acme", "f-tokens")).contains(METERED);
        assertThat(house.entitlements().find("c-globex", "e3")).contains(fixed);
        assertThat(house.entitlements().find("c-globex", "e1")).isEmpty();
    }

    @Test
    void refusesASecondOneAndNamesTheFirst() {
        house.entitlements().add(METERED);
        Entitlement second = entitlement("e9", ACME, TOKENS, new Terms.Switch());

        Refusal refusal =
                catchThrowableOfType(Refusal.class, () -> house.entitlements().add(second));

        assertThat(refusal.kind()).isEqualTo(RefusalKind.CONFLICT);
        assertThat(refusal.conflictingId()).isEqualTo("e1");
        house.entitlements().delete("e1", NOW.plusSeconds(1));
        house.entitlements().add(second);
        assertThat(house.entitlements().find("c-acme", "tokens")).contains(second);
        assertThat(house.entitlements().find("e1")).contains(METERED.deleted(NOW.plusSeconds(1)));
    }

    @Test
    void refusesWhatDoesNotFit() {
        house.features().archive("f-tokens", NOW);

        assertThat(refused(() -> house.entitlements().add(METERED))).isEqualTo(RefusalKind.NOT_FOUND);
        assertThat(refused(
                        () -> house.entitlements().add(entitlement("e3", customer("nobody"), SSO, new Terms.Switch()))))
                .isEqualTo(RefusalKind.NOT_FOUND);
        assertThat(refused(() -> house.entitlements().add(entitlement("e3", ACME, SSO, monthly("1")))))
                .isEqualTo(RefusalKind.INVALID);
        assertThat(refused(() -> house.entitlements().delete("e1", NOW))).isEqualTo(RefusalKind.NOT_FOUND);
    }

    @Test
    void listsPagesInOrder() {
        house.entitlements().add(METERED);
        house.entitlements().add(SWITCH);
        house.entitlements().delete("e1", NOW.plusSeconds(1));

        assertThat(listed(List.of(), List.of(), List.of(), true)).containsExactly("e2", "e1");
        assertThat(listed(List.of("c-acme"), List.of("sso"), List.of("boolean"), false))
                .containsExactly("e2");
        assertThat(listed(List.of(), List.of("f-tokens"), List.of(), true)).containsExactly("e1");
        assertThat(listed(List.of("\0"), List.of(), List.of(), true)).isEmpty();
    }

    private List<String> listed(List<String> customers, List<String> features, List<String> types, boolean deleted) {
        var search = new EntitlementSearch(
                customers, features, types, deleted, EntitlementSearch.Order.CREATED_AT, true, new PageRequest(1, 5));
        return house.entitlements().list(search).items().stream()
                .map(Entitlement::id)
                .toList();
    }

    @Test
    void burnsUsageOfAllOfTheCustomersSubjects() {
        house.entitlements().add(METERED);
        house.usage()
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
    void countsOnlyWhatTheFeatureMeasures() {
        var filtered = feature("gpt", meter(Aggregation.SUM), Map.of("model", TextFilter.of(TextFilter.Op.LIKE, "g%")));
        var none = feature("none", meter(Aggregation.SUM), Map.of("region", TextFilter.of(TextFilter.Op.EQ, "eu")));
        house.features().add(filtered);
        house.features().add(none);
        house.entitlements().add(entitlement("e3", ACME, filtered, monthly("100")));
        house.entitlements().add(entitlement("e4", ACME, none, monthly("100")));
        house.entitlements().add(SWITCH);
        house.usage().append(List.of(prompt("1", "s1", "2026-01-05T00:00:00Z", "10")));

        List<EntitlementStatus> all = house.entitlements()
                .statuses("c-acme", null, at("2026-01-31T00:00:00Z"))
                .orElseThrow();

        assertThat(all).extracting(s -> s.entitlement().featureKey()).containsExactly("gpt", "none", "sso");
        assertThat(all.get(0).balance()).isEqualTo(balance("90", "10", "0", "100"));
        assertThat(all.get(1).balance()).isEqualTo(balance("100", "0", "0", "100"));
        assertThat(all.get(2)).isEqualTo(EntitlementStatus.of(SWITCH));
    }

    @Test
    void knowsNoStandingsOfNobody() {
        house.entitlements().add(SWITCH);

        assertThat(house.entitlements().statuses("nobody", null, NOW)).isEmpty();
        assertThat(house.entitlements().statuses("s1", null, NOW)).isEmpty();
        assertThat(house.entitlements().statuses("acme", "tokens", NOW)).contains(List.of());
        assertThat(house.entitlements().statuses("acme", "\0", NOW)).contains(List.of());
        house.customers().replace(ACME.deleted(NOW));
        assertThat(house.entitlements().statuses("c-acme", null, NOW)).isEmpty();
    }

    @Test
    void burnsGrantsAndWhatIsVoidedNoMore() {
        house.entitlements().add(METERED);
        house.entitlements().grant(grant("g1", "e1", "50", "2026-01-10T00:00:30Z"));
        house.entitlements().grant(grant("g2", "e1", "7", "2026-01-11T00:00:00Z"));
        house.entitlements().voidGrant("g2", at("2026-01-12T00:00:59Z"));
        house.usage().append(List.of(prompt("1", "s1", "2026-01-05T00:00:00Z", "120")));

        assertThat(status("2026-01-09T00:00:00Z").balance()).isEqualTo(balance("0", "120", "20", "100"));
        assertThat(status("2026-01-10T00:00:00Z").balance()).isEqualTo(balance("30", "120", "0", "150"));
        assertThat(status("2026-01-11T12:00:00Z").balance()).isEqualTo(balance("37", "120", "0", "157"));
        assertThat(status("2026-01-12T00:00:00Z").balance()).isEqualTo(balance("30", "120", "0", "150"));
        assertThat(refused(() -> house.entitlements().voidGrant("g2", NOW))).isEqualTo(RefusalKind.CONFLICT);
        assertThat(refused(() -> house.entitlements().voidGrant("g3", NOW))).isEqualTo(RefusalKind.NOT_FOUND);
    }

    @Test
    void givesBackGrants() {
        house.entitlements().add(METERED);
        Grant first = new Grant(
                "g1",
                "e1",
                new BigDecimal("0.5"),
                255,
                at("2026-01-10T00:00:00Z"),
                new Grant.Expiration(Grant.Expiration.Unit.MONTH, 2),
                new Grant.Rollover(BigDecimal.ONE, BigDecimal.TEN),
                Map.of("why", "gift"),
                NOW,
                null);
        house.entitlements().grant(first);
        house.entitlements().grant(grant("g2", "e1", "50", "2026-01-10T00:00:00Z"));
        house.entitlements().voidGrant("g2", NOW);

        assertThat(house.entitlements()
                        .grants("e1", false, new PageRequest(1, 5))
                        .items())
                .containsExactly(first);
        assertThat(house.entitlements().grants(null, true, new PageRequest(2, 1)))
                .isEqualTo(new Page<>(
                        2,
                        2,
                        1,
                        List.of(grant("g2", "e1", "50", "2026-01-10T00:00:00Z").voided(NOW))));
        assertThat(house.entitlements()
                        .grants("e2", true, new PageRequest(1, 5))
                        .items())
                .isEmpty();
    }

    @Test
    void refusesGrantsAndResetsThatDoNotFit() {
        house.entitlements().add(METERED);
        house.entitlements().add(SWITCH);
        Reset early = new Reset(at("2025-12-31T23:59:59Z"), NOW, false);

        assertThat(refused(() -> house.entitlements().grant(grant("g", "e2", "1", "2026-01-01T00:00:00Z"))))
                .isEqualTo(RefusalKind.CONFLICT);
        assertThat(refused(() -> house.entitlements().grant(grant("g", "e9", "1", "2026-01-01T00:00:00Z"))))
                .isEqualTo(RefusalKind.NOT_FOUND);
        assertThat(refused(() -> house.entitlements().reset("e1", early))).isEqualTo(RefusalKind.INVALID);
        assertThat(refused(() -> house.entitlements().reset("e2", early))).isEqualTo(RefusalKind.CONFLICT);
        house.entitlements().delete("e1", NOW);
        assertThat(refused(() -> house.entitlements().grant(grant("g", "e1", "1", "2026-01-01T00:00:00Z"))))
                .isEqualTo(RefusalKind.NOT_FOUND);
        assertThatThrownBy(() -> house.entitlements().reset("e1", early)).hasMessageContaining("not found");
    }

    @Test
    void endsThePeriodAtAReset() {
        house.entitlements().add(METERED);
        house.usage().append(List.of(prompt("1", "s1", "2026-01-05T00:00:00Z", "130")));
        Instant reset = at("2026-01-10T12:00:00Z");
        house.entitlements().reset("e1", new Reset(reset, NOW, false));
        house.entitlements().reset("e1", new Reset(reset.plusSeconds(30), reset, true));

        assertThat(status("2026-01-09T00:00:00Z").period()).isEqualTo(new Window(at("2026-01-01T00:00:00Z"), reset));
        EntitlementStatus after = status("2026-01-20T00:00:00Z");
        assertThat(after.balance()).isEqualTo(balance("70", "0", "0", "70"));
        assertThat(after.period()).isEqualTo(new Window(reset, at("2026-02-10T12:00:00Z")));
        assertThat(refused(() -> house.entitlements().reset("e1", new Reset(at("2026-01-10T11:59:59Z"), reset, false))))
                .isEqualTo(RefusalKind.INVALID);
        assertThat(house.entitlements().lastResets(List.of("e1", "e2", "e1", "nothing")))
                .isEqualTo(Map.of("e1", new Reset(reset, reset, true)));
    }

    @Test
    void rollsOverFromPeriodToPeriod() {
        house.entitlements().add(METERED);
        house.entitlements()
                .grant(new Grant(
                        "g1",
                        "e1",
                        new BigDecimal("50"),
                        1,
                        at("2026-01-10T00:00:00Z"),
                        null,
                        new Grant.Rollover(BigDecimal.ZERO, new BigDecimal("40")),
                        Map.of(),
                        NOW,
                        null));
        house.usage()
                .append(List.of(
                        prompt("1", "s1", "2026-01-15T00:00:00Z", "105"),
                        prompt("2", "s1", "2026-02-05T00:00:00Z", "110")));

        assertThat(status("2026-02-01T00:00:00Z").balance()).isEqualTo(balance("140", "0", "0", "140"));
        assertThat(status("2026-12-01T00:00:00Z").balance()).isEqualTo(balance("130", "0", "0", "130"));
    }
}
