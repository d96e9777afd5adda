package dev.odometer.api.functions.grants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.api.functions.ApiFixture;
import dev.odometer.api.functions.entitlements.DeleteEntitlement;
import dev.odometer.api.functions.entitlements.EntitlementFixture;
import dev.odometer.api.functions.entitlements.EntitlementFixture.EntitlementRequest;
import dev.odometer.metering.resource.Page;
import dev.odometer.views.EntitlementView;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListGrantsTest {

    private static final String MARCH = "2026-03-01T00:00:00Z";
    private static final ListRequest ALL = new ListRequest(null, null, null, null, null, null);

    private final EntitlementFixture fixture = new EntitlementFixture();

    /** The order and the page of a request. */
    private record ListRequest(
            @Nullable String orderBy,
            @Nullable String order,
            @Nullable Integer page,
            @Nullable Integer pageSize,
            @Nullable Integer limit,
            @Nullable Integer offset) {}

    private Object ofSubject(ListRequest request) {
        return list(new ListGrants.Input(
                "acme-eu",
                "tokens",
                null,
                null,
                null,
                null,
                request.orderBy,
                request.order,
                request.page,
                request.pageSize,
                request.limit,
                request.offset));
    }

    private Object filtered(
            @Nullable String feature, @Nullable String subject, @Nullable String customer, @Nullable Boolean deleted) {
        return list(new ListGrants.Input(
                null, null, only(feature), only(subject), only(customer), deleted, null, null, null, null, null, null));
    }

    private Object list(ListGrants.Input input) {
        return new ListGrants(fixture.ports.entitlements, fixture.lookup, fixture.ports.customers, fixture.ports.clock)
                .apply(input);
    }

    private Page<?> ofCustomer(ListRequest request) {
        return listV2(new ListGrantsV2.Input(
                "acme",
                "tokens",
                null,
                null,
                null,
                request.orderBy,
                request.order,
                request.page,
                request.pageSize,
                request.limit,
                request.offset));
    }

    private Page<?> filteredV2(@Nullable String feature, @Nullable String customer) {
        return listV2(new ListGrantsV2.Input(
                null, null, only(feature), only(customer), null, null, null, null, null, null, null));
    }

    private Page<?> listV2(ListGrantsV2.Input input) {
        return (Page<?>) new ListGrantsV2(
                        fixture.ports.entitlements, fixture.lookup, fixture.ports.customers, fixture.ports.clock)
                .apply(input);
    }

    private static @Nullable List<@Nullable String> only(@Nullable String text) {
        return text == null ? null : List.of(text);
    }

    private static List<String> amounts(Object list) {
        List<?> items = list instanceof Page<?> page ? page.items() : (List<?>) list;
        return items.stream()
                .map(item -> ((GrantView) item).amount().toPlainString())
                .toList();
    }

    /** Three grants without an allowance, whose times of effect and of creation have the same order. */
    private void oneTwoThree() {
        fixture.entitled("tokens", EntitlementRequest.metered(null).from(MARCH));
        fixture.granted("1", 1, "2026-03-01T01:00:00Z");
        fixture.granted("2", 1, "2026-03-01T02:00:00Z");
        fixture.granted("3", 1, "2026-03-01T03:00:00Z");
    }

    @Test
    void honoursPagesWindowsAndOrder() {
        oneTwoThree();

        assertThat(amounts(ofCustomer(ALL))).containsExactly("1", "2", "3");
        assertThat(amounts(ofCustomer(new ListRequest(null, "DESC", null, null, null, null))))
                .containsExactly("3", "2", "1");
        assertThat(amounts(ofCustomer(new ListRequest("effectiveAt", "DESC", 1, 2, null, null))))
                .containsExactly("3", "2");
        assertThat(amounts(ofSubject(new ListRequest("id", "DESC", null, null, 2, 1))))
                .containsExactly("2", "1");
        Page<?> window = ofCustomer(new ListRequest(null, null, null, null, 2, 1));
        assertThat(amounts(window)).containsExactly("2", "3");
        assertThat(window.totalCount()).isEqualTo(3);
        Page<?> second = ofCustomer(new ListRequest(null, null, 2, 1, 3, 0));
        assertThat(amounts(second)).containsExactly("2");
        assertThat(List.of(second.page(), second.pageSize())).containsExactly(2, 1);
        assertThat(amounts(ofSubject(new ListRequest(null, null, null, 2, null, null))))
                .containsExactly("1", "2");
        assertThatThrownBy(() -> ofCustomer(new ListRequest("amount", null, null, null, null, null)))
                .hasMessageStartingWith("orderBy must be one of createdAt, effectiveAt, id, updatedAt: amount");
        assertThatThrownBy(() -> ofCustomer(new ListRequest(null, null, null, null, 2, -1)))
                .hasMessageStartingWith("offset must be 0 to");
    }

    @Test
    void includesTheGrantOfAnAllowance() {
        EntitlementView entitlement = fixture.hundredTokens();
        fixture.granted("5", 2, MARCH);

        GrantView allowance = (GrantView) ofCustomer(ALL).items().get(0);

        assertThat(amounts(ofSubject(ALL))).containsExactly("100", "5");
        assertThat(allowance.annotations()).isEqualTo(Map.of("issueAfterReset", true));
        assertThat(allowance.entitlementId()).isEqualTo(entitlement.id());
        assertThat(allowance.effectiveAt()).isEqualTo(entitlement.measureUsageFrom());
        assertThat(allowance.minRolloverAmount()).isEqualTo(new BigDecimal("100"));
        assertThat(allowance.maxRolloverAmount()).isEqualTo(new BigDecimal("100"));
        assertThat(allowance.expiration()).isNull();
    }

    @Test
    void everyGrantExpiresInVersion1() {
        fixture.hundredTokens();
        fixture.granted("5", 2, MARCH);

        assertThat((List<?>) ofSubject(ALL)).allSatisfy(item -> {
            GrantView grant = (GrantView) item;
            assertThat(grant.expiration()).isEqualTo(new GrantView.Expiration("YEAR", 100));
            assertThat(grant.expiresAt()).isEqualTo("2126-03-01T00:00:00Z");
        });
        assertThat((GrantView) ofCustomer(ALL).items().get(1)).returns(null, GrantView::expiresAt);
    }

    @Test
    void includesVoidedGrants() {
        oneTwoThree();
        String id = ((GrantView) ofCustomer(ALL).items().get(1)).id();

        new VoidGrant(fixture.ports.entitlements, fixture.ports.clock).accept(new VoidGrant.Input(id, null));

        assertThat(Stream.of(ofSubject(ALL), ofCustomer(ALL).items(), filtered(null, null, null, null)))
                .allSatisfy(list ->
                        assertThat((GrantView) ((List<?>) list).get(1)).returns(ApiFixture.NOW, GrantView::voidedAt));
    }

    @Test
    void filtersAllByFeatureSubjectAndCustomer() {
        fixture.hundredTokens();
        fixture.ports.customer("globex", "globex-eu");
        fixture.createEntitlement.apply(EntitlementRequest.metered("7").of("globex", "tokens"));

        assertThat(amounts(filtered(null, null, null, null))).containsExactly("100", "7");
        assertThat(amounts(filtered("tokens", null, null, null))).containsExactly("100", "7");
        assertThat(amounts(filtered("sso", null, null, null))).isEmpty();
        assertThat(amounts(filtered(null, "globex-eu", null, null))).containsExactly("7");
        assertThat(amounts(filtered(null, "unknown", null, null))).isEmpty();
        assertThat(amounts(filtered(null, "globex-eu", "acme", null))).isEmpty();
        assertThat(amounts(filtered(null, null, "acme", null))).containsExactly("100");
        assertThat(amounts(filteredV2(null, "globex"))).containsExactly("7");
        assertThat(amounts(filteredV2("tokens", null))).containsExactly("100", "7");
        assertThatThrownBy(() -> filteredV2(null, "globex-eu")).hasMessage("customer not found: globex-eu");
        assertThatThrownBy(() -> filtered(null, null, "unknown", null)).hasMessage("customer not found: unknown");
    }

    @Test
    void ordersAllByTheTimeOfEffect() {
        fixture.hundredTokens();
        fixture.granted("2", 1, "2026-03-01T11:00:00Z");
        fixture.granted("1", 1, "2026-03-01T10:00:00Z");

        assertThat(amounts(filtered(null, null, null, null))).containsExactly("100", "1", "2");
        assertThat(amounts(filteredV2(null, null))).containsExactly("100", "1", "2");
        assertThat(amounts(ofCustomer(ALL))).containsExactly("100", "2", "1");
    }

    @Test
    void includesGrantsOfDeletedEntitlementsOnRequest() {
        fixture.hundredTokens();
        new DeleteEntitlement(fixture.ports.entitlements, fixture.resolver, fixture.ports.clock)
                .accept(new DeleteEntitlement.Input(null, "acme", "tokens"));

        assertThat(amounts(filtered(null, null, null, null))).isEmpty();
        assertThat(amounts(filtered(null, null, null, true))).containsExactly("100");
    }
}
