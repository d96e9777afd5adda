package dev.odometer.api.functions.grants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.api.functions.ApiFixture;
import dev.odometer.api.functions.entitlements.EntitlementFixture;
import dev.odometer.api.functions.entitlements.EntitlementFixture.EntitlementRequest;
import dev.odometer.api.functions.entitlements.GrantDraft;
import dev.odometer.api.functions.entitlements.GrantDraft.Expiration;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Grant.Expiration.Unit;
import dev.odometer.views.EntitlementView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GrantsTest {

    private static final String MARCH = "2026-03-01T00:00:00Z";

    private final EntitlementFixture fixture = new EntitlementFixture();

    private GrantView grant(@Nullable String amount, @Nullable String effectiveAt, @Nullable Expiration expiration) {
        return fixture.createGrant.apply(input("acme-eu", amount, effectiveAt, expiration));
    }

    private static CreateGrant.Input input(
            @Nullable String subject,
            @Nullable String amount,
            @Nullable String effectiveAt,
            @Nullable Expiration expiration) {
        return new CreateGrant.Input(
                subject,
                subject == null ? "acme" : null,
                "tokens",
                amount == null ? null : new BigDecimal(amount),
                null,
                effectiveAt == null ? null : Instant.parse(effectiveAt),
                expiration,
                null,
                null,
                null,
                null,
                null);
    }

    private GrantView recurring(@Nullable String interval, @Nullable String anchor) {
        var recurrence = new GrantDraft.Recurrence(interval, anchor == null ? null : Instant.parse(anchor));
        return fixture.createGrant.apply(new CreateGrant.Input(
                null,
                "acme",
                "tokens",
                BigDecimal.TEN,
                1,
                Instant.parse("2026-03-01T09:30:40Z"),
                null,
                null,
                null,
                recurrence,
                null,
                null));
    }

    private void voids(String id, @Nullable String at) {
        new VoidGrant(fixture.ports.entitlements, fixture.ports.clock)
                .accept(new VoidGrant.Input(id, at == null ? null : Instant.parse(at)));
    }

    @Test
    void aGrantIsEffectiveByTheMinuteAndExpires() {
        fixture.hundredTokens();

        GrantView view = grant("50.50", "2026-03-01T11:59:59Z", new Expiration(Unit.MONTH, 2));

        assertThat(view.amount()).isEqualTo(new BigDecimal("50.5"));
        assertThat(view.effectiveAt()).isEqualTo("2026-03-01T11:59:00Z");
        assertThat(view.expiresAt()).isEqualTo("2026-05-01T11:59:00Z");
        assertThat(view.priority()).isEqualTo(1);
        assertThat(fixture.value("tokens").balance()).isEqualByComparingTo("150.5");
    }

    @Test
    void theDefaultRolloverDiffersByVersion() {
        fixture.hundredTokens();

        GrantView customers = fixture.createGrant.apply(input(null, "5", MARCH, null));

        assertThat(grant("5", MARCH, null).maxRolloverAmount()).isEqualTo(BigDecimal.ZERO);
        assertThat(customers.maxRolloverAmount()).isEqualTo(new BigDecimal("5"));
    }

    @Test
    void refusesInvalidGrants() {
        fixture.hundredTokens();

        assertRefused("amount is required", () -> grant(null, MARCH, null));
        assertRefused("amount must be above 0", () -> grant("0", MARCH, null));
        assertRefused("amount must be below", () -> grant("1E400", MARCH, null));
        assertRefused("effectiveAt is required", () -> grant("1", null, null));
        assertRefused(
                "effectiveAt must not be before usage is measured", () -> grant("1", "2026-02-28T23:59:00Z", null));
        assertRefused("expiration.duration is required", () -> grant("1", MARCH, new Expiration(null, 1)));
        assertRefused("expiration.count is required", () -> grant("1", MARCH, new Expiration(Unit.DAY, null)));
        assertRefused("expiration.count must be 1 to 1000: 0", () -> grant("1", MARCH, new Expiration(Unit.DAY, 0)));
        assertRefused(
                "expiration must be in the years 0000 to 9999",
                () -> grant("1", "9999-01-01T00:00:00Z", new Expiration(Unit.YEAR, 1000)));
        assertRefused("recurrence.interval is required", () -> recurring(null, MARCH));
        assertRefused("recurrence.interval must be DAY", () -> recurring("FORTNIGHT", MARCH));
        assertRefused("recurrence.interval must be a day or more: PT1H", () -> recurring("PT1H", MARCH));
        assertRefused("recurrence.interval must be in whole minutes, from one hour", () -> recurring("PT1M", MARCH));
    }

    private static void assertRefused(String sentence, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOf(Refusal.class).hasMessageContaining(sentence);
    }

    @Test
    void requiresAMeteredEntitlement() {
        fixture.entitled("tokens", EntitlementRequest.booleanEntitlement());

        assertRefused("not metered", () -> grant("1", MARCH, null));
    }

    @Test
    void aGrantIsVoidedOnceAndKeepsItsAmount() {
        fixture.hundredTokens();
        String id = grant("50", MARCH, null).id();

        voids(id, null);

        assertThat(fixture.value("tokens").balance()).isEqualByComparingTo("100");
        assertRefused("grant is already voided", () -> voids(id, null));
        assertRefused("grant not found: nothing", () -> voids("nothing", null));
    }

    @Test
    void aGrantRecurs() {
        fixture.hundredTokens();

        GrantView view = recurring("P1W", "2026-01-07T00:00:30Z");

        assertThat(view.recurrence())
                .isEqualTo(new EntitlementView.Period("WEEK", "P7D", Instant.parse("2026-01-07T00:00:00Z")));
        assertThat(view.nextRecurrence()).isEqualTo("2026-03-04T00:00:00Z");
        GrantView anchored = recurring("DAY", null);
        assertThat(anchored.recurrence())
                .isEqualTo(new EntitlementView.Period("DAY", "P1D", Instant.parse("2026-03-01T09:30:00Z")));
        assertThat(anchored.nextRecurrence()).isEqualTo("2026-03-02T09:30:00Z");
    }

    @Test
    void refusesRecurrencesThatCostTooMuch() {
        fixture.entitled(
                "tokens", EntitlementRequest.metered("1").every("P100Y").from(MARCH));

        assertRefused(
                "recurrence.interval must recur fewer than 1000 times in a usage period of P100Y: P1D",
                () -> recurring("DAY", null));
        assertThat(recurring("P2M", null).nextRecurrence()).isEqualTo("2026-05-01T09:30:00Z");
        assertRefused("1000 grants in the same period", () -> recurring("P2M", null));
    }

    @Test
    void aGrantIsVoidedFromATimeInTheCurrentPeriod() {
        fixture.hundredTokens();
        String id = grant("50", MARCH, null).id();
        fixture.ports.used("acme-eu", "2026-03-01T09:00:00Z", "110");
        fixture.ports.used("acme-eu", "2026-03-01T11:00:00Z", "20");

        assertRefused("at must not be in the future: 2026-03-01T12:00:01Z", () -> voids(id, "2026-03-01T12:00:01Z"));
        assertRefused(
                "at must not be before the current usage period, which began at 2026-03-01T00:00:00Z:"
                        + " 2026-02-28T23:59:00Z",
                () -> voids(id, "2026-02-28T23:59:59Z"));
        assertRefused("grant not found: nothing", () -> voids("nothing", MARCH));
        voids(id, "2026-03-01T10:00:59Z");

        assertThat(fixture.value("tokens").overage()).isEqualByComparingTo("20");
        assertThat(fixture.ports.entitlements.findGrant(id).map(grant -> GrantView.of(grant, ApiFixture.NOW)))
                .hasValueSatisfying(grant -> {
                    assertThat(grant.voidedAt()).isEqualTo("2026-03-01T10:00:00Z");
                    assertThat(grant.updatedAt()).isEqualTo(ApiFixture.NOW);
                });
    }

    @Test
    void theGrantOfAnAllowanceCannotBeVoided() {
        String id = fixture.hundredTokens().id();

        assertRefused("the grant of issueAfterReset cannot be voided", () -> voids(id, null));
    }

    @Test
    void keepsAnnotationsOfAnyJson() {
        fixture.hundredTokens();
        Map<String, @Nullable Object> annotations = new HashMap<>();
        annotations.put("order", Map.of("lines", List.of("a", true, new BigDecimal("1.50"))));
        annotations.put("none", null);

        assertThat(annotated(annotations).annotations()).isEqualTo(annotations);
        assertThat(annotated(Map.of()).annotations()).isNull();
        assertRefused(
                "annotations.k[0] must have at most 1024", () -> annotated(Map.of("k", List.of("x".repeat(1025)))));
        assertRefused("neither NUL nor", () -> annotated(Map.of("k", Map.of("a", "\0"))));
        assertRefused(
                "annotations must have at most 1000 values",
                () -> annotated(Map.of("k", Collections.nCopies(1000, 1))));
    }

    private GrantView annotated(Map<String, @Nullable Object> annotations) {
        return fixture.createGrant.apply(new CreateGrant.Input(
                null, "acme", "tokens", BigDecimal.ONE, 1, ApiFixture.NOW, null, null, null, null, null, annotations));
    }
}
