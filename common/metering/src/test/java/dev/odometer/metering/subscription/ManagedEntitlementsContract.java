package dev.odometer.metering.subscription;

import static dev.odometer.metering.subscription.SubscriptionExamples.ACME;
import static dev.odometer.metering.subscription.SubscriptionExamples.NOW;
import static dev.odometer.metering.subscription.SubscriptionExamples.SSO;
import static dev.odometer.metering.subscription.SubscriptionExamples.TOKENS;
import static dev.odometer.metering.subscription.SubscriptionExamples.add;
import static dev.odometer.metering.subscription.SubscriptionExamples.at;
import static dev.odometer.metering.subscription.SubscriptionExamples.edited;
import static dev.odometer.metering.subscription.SubscriptionExamples.subscription;
import static dev.odometer.metering.subscription.SubscriptionExamples.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.EntitlementSearch;
import dev.odometer.metering.entitlement.EntitlementStatus;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.entitlement.Examples;
import dev.odometer.metering.entitlement.Terms;
import dev.odometer.metering.resource.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of {@link Entitlements} for those that subscriptions give; one subclass per store. */
public abstract class ManagedEntitlementsContract extends SubscriptionFixture {

    private static final Instant PAID = at("2026-02-28T10:00:00.123Z");

    private Entitlements entitlements() {
        return stores.house().entitlements();
    }

    private List<EntitlementStatus> statuses(@Nullable String feature, Instant time) {
        return entitlements().statuses("acme", feature, time).orElseThrow();
    }

    private List<String> features(Instant time) {
        return statuses(null, time).stream()
                .map(status -> status.entitlement().featureKey())
                .toList();
    }

    private List<String> listed(@Nullable Instant activeAt) {
        var search = new EntitlementSearch(
                List.of(),
                List.of(),
                List.of(),
                false,
                activeAt,
                EntitlementSearch.Order.CREATED_AT,
                false,
                new PageRequest(1, 9));
        return entitlements().list(search).items().stream().map(Entitlement::id).toList();
    }

    @Test
    void areActiveInTheirPhase() {
        Subscription subscription = subscription("s", NOW);
        subscriptions().add(subscription);

        assertThat(features(NOW.minusSeconds(1))).isEmpty();
        assertThat(features(NOW)).containsExactly("tokens");
        assertThat(features(PAID.minusSeconds(1))).containsExactly("tokens");
        assertThat(features(PAID)).containsExactly("sso", "tokens");
        assertThat(entitlements().find(ACME.id(), "sso", NOW)).isEmpty();
        assertThat(entitlements().find(ACME.id(), "tokens", NOW).map(Entitlement::id))
                .contains("s-1");
        assertThat(entitlements().find(ACME.id(), "tokens", PAID))
                .contains(subscription.entitlements().get(1));
        assertThat(listed(null)).hasSize(3);
        assertThat(listed(NOW)).containsExactly("s-1");
        assertThat(entitlements().ofSubscription("s")).containsExactlyInAnyOrderElementsOf(subscription.entitlements());
        assertThat(entitlements().ofSubscription("e")).isEmpty();
    }

    @Test
    void countUsageOfTheirPhaseFromTheBillingAnchor() {
        subscriptions().add(subscription("s", NOW));
        stores.house()
                .usage()
                .append(List.of(
                        Examples.prompt("1", "s1", "2026-01-31T09:59:59Z", "1"),
                        Examples.prompt("2", "s1", "2026-01-31T10:00:30Z", "3"),
                        Examples.prompt("3", "acme", "2026-02-28T10:05:00Z", "20"),
                        Examples.prompt("4", "s1", "2026-03-31T09:59:59Z", "5"),
                        Examples.prompt("5", "s1", "2026-03-31T10:00:00Z", "50")));

        assertThat(remaining(NOW)).isEqualTo("7");
        assertThat(remaining(at("2026-02-01T10:00:00Z"))).isEqualTo("10");
        assertThat(remaining(PAID)).isEqualTo("100");
        assertThat(remaining(at("2026-03-31T09:59:59Z"))).isEqualTo("75");
        assertThat(remaining(at("2026-03-31T10:00:01Z"))).isEqualTo("50");
    }

    private String remaining(Instant time) {
        return Objects.requireNonNull(statuses("tokens", time).get(0).balance())
                .remaining()
                .stripTrailingZeros()
                .toPlainString();
    }

    @Test
    void endWithTheSubscriptionAndReturnWithIt() {
        subscriptions().add(subscription("s", NOW));
        List<EntitlementStatus> before = statuses(null, PAID);

        subscriptions().change("s", stored -> stored.canceled(new Timing.NextBillingCycle(), NOW));

        assertThat(features(PAID.minusSeconds(1))).containsExactly("tokens");
        assertThat(features(PAID)).isEmpty();
        subscriptions().change("s", stored -> stored.uncanceled(NOW));
        assertThat(statuses(null, PAID))
                .extracting(EntitlementStatus::balance)
                .isEqualTo(before.stream().map(EntitlementStatus::balance).toList());
    }

    @Test
    void areDeletedWithAScheduledSubscription() {
        subscriptions().add(subscription("s", PAID));

        subscriptions().change("s", stored -> stored.deleted(NOW));

        assertThat(features(PAID)).isEmpty();
        assertThat(listed(null)).isEmpty();
        assertThat(entitlements().find("s-1").map(Entitlement::deletedAt)).contains(NOW);
    }

    @Test
    void followAnEdit() {
        subscriptions().add(subscription("s", NOW));
        Instant edit = NOW.plusSeconds(3600);

        subscriptions()
                .change(
                        "s",
                        stored -> edited(
                                stored,
                                edit,
                                new Customization.RemoveItem("trial", "tokens"),
                                add("trial", "n", tokens("50", null)),
                                new Customization.RemoveItem("paid", "sso")));

        assertThat(entitlements()
                        .find(ACME.id(), "tokens", edit.minusSeconds(1))
                        .map(Entitlement::id))
                .contains("s-1");
        assertThat(entitlements().find(ACME.id(), "tokens", edit).map(Entitlement::id))
                .contains("n-0");
        assertThat(features(PAID)).containsExactly("tokens");
    }

    @Test
    void areNotChangedByHand() {
        subscriptions().add(subscription("s", NOW));
        Entitlement other = Examples.entitlement("e", ACME, TOKENS, new Terms.BooleanAccess(null));

        assertThat(refused(() -> entitlements().delete("s-1", NOW))).isEqualTo(RefusalKind.FORBIDDEN);
        assertThat(refused(() -> entitlements().replace("s-1", other, List.of())))
                .isEqualTo(RefusalKind.FORBIDDEN);
        assertThat(features(NOW)).containsExactly("tokens");
    }

    @Test
    void areOneToAFeatureTogetherWithTheOthers() {
        subscriptions().add(subscription("s", PAID));
        Entitlement unmanaged = Examples.entitlement("e", ACME, SSO, new Terms.BooleanAccess(null));

        Refusal refusal = refusal(() -> entitlements().add(unmanaged));

        assertThat(refusal.kind()).isEqualTo(RefusalKind.CONFLICT);
        assertThat(refusal.conflictingId()).isEqualTo("s-4");
        subscriptions().change("s", stored -> stored.deleted(NOW));
        entitlements().add(unmanaged);
        assertThat(refusal(() -> subscriptions().add(subscription("t", NOW))).conflictingId())
                .isEqualTo("e");
        assertThat(subscriptions().find("t")).isEmpty();
        entitlements().delete("e", NOW);
        subscriptions().add(subscription("t", NOW));
    }

    @Test
    void refuseAnArchivedFeature() {
        stores.house().features().archive(SSO.id(), NOW);

        assertThat(refused(() -> subscriptions().add(subscription("s", NOW)))).isEqualTo(RefusalKind.NOT_FOUND);
        assertThat(subscriptions().find("s")).isEmpty();
    }

    @Test
    void stayWhenTheirFeatureIsArchived() {
        subscriptions().add(subscription("s", NOW));
        stores.house().features().archive(SSO.id(), NOW);

        subscriptions().change("s", stored -> stored.canceled(new Timing.Immediate(), PAID.plusSeconds(1)));

        assertThat(features(PAID)).containsExactly("sso", "tokens");
    }
}
