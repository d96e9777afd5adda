package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.http.HttpReply;
import dev.odometer.metering.pricing.PlanIssue.Code;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A plan that breaks a rule: whether a draft is stored with it, and that it is never published. */
class PlanRulesTest {

    private static final PlanApp APP = new PlanApp();
    private static final String TRIAL = "/phases/0";
    private static final String CARD = TRIAL + "/rateCards/0";
    private static final String PRICE = CARD + "/price";
    private static final String TEMPLATE = CARD + "/entitlementTemplate";
    private static final String FEE = "/phases/1/rateCards/2";
    private static final String SETUP = "/phases/1/rateCards/3";

    /** The rules without which a draft is not stored. */
    private static final Set<Code> CRITICAL = Set.of(
            Code.PLAN_BILLING_CADENCE_INVALID,
            Code.PLAN_PHASE_DUPLICATED_KEY,
            Code.RATE_CARD_DUPLICATED_KEY,
            Code.RATE_CARD_KEY_FEATURE_KEY_MISMATCH,
            Code.RATE_CARD_FEATURE_NOT_FOUND,
            Code.RATE_CARD_FEATURE_ARCHIVED,
            Code.ENTITLEMENT_TEMPLATE_INVALID_JSON_CONFIG,
            Code.PERCENTAGE_DISCOUNT_INVALID_VALUE,
            Code.PRICE_TIERS_WITHOUT_OPEN_TIER,
            Code.PRICE_TIERS_WITH_MULTIPLE_OPEN_TIERS,
            Code.PRICE_TIERS_DUPLICATED_BOUND,
            Code.PRICE_TIER_WITHOUT_PRICE,
            Code.PRICE_MINIMUM_ABOVE_MAXIMUM,
            Code.PRICE_PACKAGE_SIZE_INVALID,
            Code.CURRENCY_INVALID);

    /** A change of a valid plan after which it breaks the rule. */
    private static final Map<Code, Consumer<ObjectNode>> BREACHES = Map.ofEntries(
            breach(Code.PLAN_BILLING_CADENCE_INVALID, "", "\"billingCadence\":\"P2M\""),
            breach(Code.PLAN_WITH_NO_PHASES, "", "\"phases\":[]"),
            breach(Code.PLAN_PHASE_DUPLICATED_KEY, TRIAL, "\"key\":\"main\""),
            breach(Code.PLAN_PHASE_HAS_NO_RATE_CARDS, TRIAL, "\"rateCards\":[]"),
            breach(Code.PLAN_PHASE_DURATION_LESS_THEN_AN_HOUR, TRIAL, "\"duration\":\"PT59M\""),
            breach(Code.PLAN_HAS_NON_LAST_PHASE_WITH_NO_DURATION, TRIAL, "\"duration\":null"),
            breach(Code.PLAN_HAS_LAST_PHASE_WITH_DURATION, "/phases/1", "\"duration\":\"P1M\""),
            breach(Code.RATE_CARD_DUPLICATED_KEY, SETUP, "\"key\":\"sso\""),
            breach(Code.RATE_CARD_BILLING_CADENCE_UNALIGNED, CARD, "\"billingCadence\":\"P1W\""),
            breach(Code.RATE_CARD_KEY_FEATURE_KEY_MISMATCH, CARD, "\"featureKey\":\"calls\""),
            breach(Code.RATE_CARD_FEATURE_NOT_FOUND, FEE, "\"key\":\"missing\",\"featureKey\":\"missing\""),
            breach(Code.RATE_CARD_FEATURE_ARCHIVED, FEE, "\"key\":\"archived\",\"featureKey\":\"archived\""),
            breach(Code.USAGE_BASED_PRICE_WITH_NO_FEATURE, CARD, "\"featureKey\":null"),
            breach(
                    Code.USAGE_BASED_PRICE_WITH_FEATURE_AND_NO_METER,
                    FEE,
                    "\"type\":\"usage_based\",\"price\":{\"type\":\"unit\",\"amount\":\"1\"}"),
            breach(Code.ENTITLEMENT_TEMPLATE_WITH_NO_FEATURE, SETUP, "\"entitlementTemplate\":{\"type\":\"boolean\"}"),
            breach(
                    Code.ENTITLEMENT_TEMPLATE_WITH_FEATURE_AND_NO_METER,
                    FEE,
                    "\"entitlementTemplate\":{\"type\":\"metered\",\"issueAfterReset\":1}"),
            breach(
                    Code.ENTITLEMENT_TEMPLATE_ISSUE_AFTER_RESET_REQUIRED,
                    CARD,
                    "\"entitlementTemplate\":{\"type\":\"metered\"}"),
            breach(
                    Code.ENTITLEMENT_TEMPLATE_INVALID_ISSUE_AFTER_RESET_WITH_PRIORITY,
                    TEMPLATE,
                    "\"issueAfterReset\":null"),
            breach(Code.ENTITLEMENT_TEMPLATE_USAGE_PERIOD_LESS_THEN_AN_HOUR, TEMPLATE, "\"usagePeriod\":\"PT59M59S\""),
            breach(
                    Code.ENTITLEMENT_TEMPLATE_NO_USAGE_PERIOD,
                    SETUP,
                    "\"key\":\"fees\",\"entitlementTemplate\":{\"type\":\"metered\",\"issueAfterReset\":1}"),
            breach(Code.ENTITLEMENT_TEMPLATE_INVALID_JSON_CONFIG, FEE + "/entitlementTemplate", "\"config\":\"{\""),
            breach(
                    Code.PERCENTAGE_DISCOUNT_INVALID_VALUE,
                    CARD + "/discounts",
                    "\"percentage\":{\"percentage\":100.01}"),
            breach(Code.USAGE_DISCOUNT_WITH_FLAT_PRICE, FEE, "\"discounts\":{\"usage\":{\"quantity\":\"1\"}}"),
            breach(Code.PRICE_TIERS_WITHOUT_OPEN_TIER, PRICE + "/tiers/1", "\"upToAmount\":\"1000\""),
            breach(Code.PRICE_TIERS_WITH_MULTIPLE_OPEN_TIERS, PRICE + "/tiers/0", "\"upToAmount\":null"),
            breach(Code.PRICE_TIERS_DUPLICATED_BOUND, PRICE + "/tiers/0", "\"upToAmount\":\"0\""),
            breach(Code.PRICE_TIER_WITHOUT_PRICE, PRICE + "/tiers/1", "\"unitPrice\":null"),
            breach(Code.PRICE_MINIMUM_ABOVE_MAXIMUM, PRICE, "\"minimumAmount\":\"100.01\""),
            breach(Code.PRICE_PACKAGE_SIZE_INVALID, "/phases/1/rateCards/0/price", "\"quantityPerPackage\":\"0\""),
            breach(Code.CURRENCY_INVALID, "", "\"currency\":\"XXX\""));

    private static Map.Entry<Code, Consumer<ObjectNode>> breach(Code code, String place, String members) {
        return Map.entry(
                code,
                plan -> ((ObjectNode) plan.at(place)).setAll((ObjectNode) Case.JSON.readTree("{" + members + "}")));
    }

    @AfterAll
    static void stop() {
        APP.close();
    }

    private static ObjectNode plan(Code code) {
        ObjectNode plan = PlanApp.everything().put("key", code.wireName());
        Objects.requireNonNull(BREACHES.get(code), () -> "no case breaks " + code)
                .accept(plan);
        return plan;
    }

    private static Set<String> codes(JsonNode errors) {
        return errors.valueStream().map(error -> error.get("code").asString()).collect(Collectors.toSet());
    }

    @ParameterizedTest
    @EnumSource(Code.class)
    void isReportedByItsCode(Code code) {
        HttpReply reply = APP.send("POST", PlanApp.PLANS, plan(code).toString());

        JsonNode body = PlanApp.json(reply);
        assertThat(reply.status()).as(body.toString()).isEqualTo(CRITICAL.contains(code) ? 400 : 201);
        JsonNode errors =
                CRITICAL.contains(code) ? body.at("/extensions/validationErrors") : body.get("validationErrors");
        assertThat(codes(errors)).contains(code.wireName());
        assertThat(errors.get(0).get("field").asString()).startsWith("$.");
        assertThat(errors.get(0).get("message").asString()).isNotEmpty();
        assertThat(APP.versions(code.wireName())).isEqualTo(CRITICAL.contains(code) ? 0 : 1);
    }

    static Stream<Code> codesOfDrafts() {
        return Stream.of(Code.values()).filter(code -> !CRITICAL.contains(code));
    }

    @ParameterizedTest
    @MethodSource("codesOfDrafts")
    void preventsPublication(Code code) {
        JsonNode draft = APP.created(
                PlanApp.PLANS,
                plan(code).put("key", code.wireName().substring(1)).toString());
        String path = PlanApp.PLANS + "/" + draft.get("id").asString();

        HttpReply reply = APP.send("POST", path + "/publish", "");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(PlanApp.json(reply).at("/extensions/validationErrors")).isEqualTo(draft.get("validationErrors"));
        assertThat(APP.get(path, null)).isEqualTo(draft);
    }

    /** The currency of a draft does not change. */
    static Stream<Code> criticalCodesOfChanges() {
        return CRITICAL.stream().filter(code -> code != Code.CURRENCY_INVALID);
    }

    @ParameterizedTest
    @MethodSource("criticalCodesOfChanges")
    void preventsAChangeOfADraftIfItIsCritical(Code code) {
        JsonNode draft = APP.created(
                PlanApp.PLANS,
                PlanApp.everything().put("key", code.wireName().substring(2)).toString());
        String path = PlanApp.PLANS + "/" + draft.get("id").asString();
        ObjectNode changed = plan(code).without(List.of("key", "currency"));

        HttpReply reply = APP.send("PUT", path, changed.toString());

        assertThat(reply.status()).isEqualTo(400);
        assertThat(codes(PlanApp.json(reply).at("/extensions/validationErrors")))
                .contains(code.wireName());
        assertThat(APP.get(path, null)).isEqualTo(draft);
    }
}
