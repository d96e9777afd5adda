package dev.odometer.api.functions.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.api.functions.ApiFixture;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Balance;
import dev.odometer.metering.entitlement.InMemoryFeatures;
import dev.odometer.metering.notification.Alert;
import dev.odometer.metering.notification.ExamplePayloads;
import dev.odometer.metering.notification.Examples;
import dev.odometer.metering.notification.InMemoryNotifications;
import dev.odometer.metering.notification.RuleCondition;
import dev.odometer.metering.notification.Target.Webhook;
import dev.odometer.metering.notification.Threshold;
import dev.odometer.metering.notification.Threshold.Kind;
import dev.odometer.metering.notification.Thresholds;
import dev.odometer.metering.usage.WindowSize;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class NotificationsTest {

    private final ApiFixture fixture = new ApiFixture();
    private final List<String> signals = new ArrayList<>();
    private final InMemoryNotifications notifications = new InMemoryNotifications(() -> signals.add("due"));
    private final CreateNotificationChannel createChannel =
            new CreateNotificationChannel(notifications, fixture.ids, fixture.clock);
    private final CreateNotificationRule createRule = new CreateNotificationRule(
            notifications, fixture.meterLookup, new InMemoryFeatures(fixture.meters), fixture.ids, fixture.clock);

    private static ChannelDraft webhook(@Nullable String secret) {
        return new ChannelDraft("WEBHOOK", "ops", null, "https://example.com/hook", null, secret, null, null);
    }

    private static RuleDraft usage(List<String> channels, RuleDraft.@Nullable ThresholdDraft... thresholds) {
        return new RuleDraft(
                "meters.usage.threshold",
                "many",
                null,
                new ArrayList<>(channels),
                null,
                Arrays.asList(thresholds),
                "tokens",
                WindowSize.DAY,
                null,
                null,
                null);
    }

    private static RuleDraft.ThresholdDraft threshold(String value) {
        return new RuleDraft.ThresholdDraft("usage_value", new BigDecimal(value));
    }

    @Test
    void generatesASecretByDefault() {
        ChannelView one = createChannel.apply(webhook(null));
        ChannelView other = createChannel.apply(webhook(null));

        assertThat(one.signingSecret()).matches("whsec_[A-Za-z0-9+/]{43}=").isNotEqualTo(other.signingSecret());
        assertThat(one.toString()).doesNotContain(String.valueOf(one.signingSecret()));
    }

    @Test
    void signsWithThePreviousSecretForADay() {
        String id = createChannel.apply(webhook(Examples.SECRET)).id();
        var update = new UpdateNotificationChannel(notifications, fixture.clock);
        String another = "a".repeat(32);

        update.apply(new UpdateNotificationChannel.Input(
                id, "WEBHOOK", "ops", null, "https://example.com/", null, another, null, null));

        var target = (Webhook) notifications.channel(id).orElseThrow().target();
        assertThat(target.secret()).isEqualTo(another);
        assertThat(target.previousSecret()).isEqualTo(Examples.SECRET);
        assertThat(target.previousUntil()).isEqualTo(ApiFixture.NOW.plusSeconds(86_400));
    }

    @Test
    void sendsATestToTheChannelsOfARule() {
        fixture.tokens();
        String channel = createChannel.apply(webhook(null)).id();
        String rule = createRule.apply(usage(List.of(channel), threshold("10"))).id();
        var test = new TestNotificationRule(notifications, fixture.ids, fixture.clock, new ExamplePayloads());

        NotificationEventView event = test.apply(new TestNotificationRule.Input(rule));

        assertThat(event.payload()).extractingByKey("data").asString().startsWith("{test=true");
        assertThat(event.deliveryStatus())
                .extracting(status -> status.channel().id())
                .containsExactly(channel);
        assertThat(signals).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theSampleAlertExceedsTheThreshold(Kind kind) {
        for (String value : List.of("0", "0.5", "90", "1000")) {
            var threshold = new Threshold(kind, new BigDecimal(value));
            var watch = new RuleCondition.OfBalances(Map.of(), List.of(threshold));

            Alert.Sample sample =
                    new SampleAlerts(fixture.ids, ApiFixture.NOW).alert(Examples.rule(2, watch, Examples.id(1)));

            Balance balance = ((Alert.OfEntitlement) sample.of()).balance();
            assertThat(Thresholds.crossed(List.of(threshold), balance)).containsExactly(threshold);
            assertThat(balance.remaining().add(balance.usage()).subtract(balance.overage()))
                    .isEqualByComparingTo(balance.granted());
        }
    }

    static Stream<@Nullable String> texts() {
        return Stream.of(
                null, "", "\0", "\ud83d", "NaN", "'; drop table x; --", "\r\n", "a".repeat(100_000), "9".repeat(400));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void refusesArbitraryTextWithoutOtherExceptions(@Nullable String text) {
        fixture.tokens();
        String channel = createChannel.apply(webhook(null)).id();
        List<@Nullable String> list = Collections.singletonList(text);

        assertRefused(() -> createChannel.apply(new ChannelDraft(text, text, null, text, null, text, list, null)));
        assertRefused(
                () -> createChannel.apply(new ChannelDraft("WEBHOOK", "ops", null, text, Map.of(), null, null, null)));
        assertRefused(() -> createChannel.apply(new ChannelDraft("EMAIL", "ops", null, null, null, null, list, null)));
        assertRefused(
                () -> createRule.apply(usage(List.of(channel), new RuleDraft.ThresholdDraft(text, BigDecimal.ONE))));
        assertRefused(() -> createRule.apply(
                new RuleDraft(text, "x", null, List.of(channel), list, null, text, null, text, list, null)));
        assertRefused(() -> new ListNotificationEvents(notifications)
                .apply(new ListNotificationEvents.Input(null, null, null, null, list, list, list, list, "UP", text)));
        if (text != null) {
            assertRefused(() -> new GetNotificationEvent(notifications).apply(new GetNotificationEvent.Input(text)));
            assertRefused(() -> new ResendNotificationEvent(notifications, fixture.clock)
                    .apply(new ResendNotificationEvent.Input(text, null)));
        }
    }

    @Test
    void refusesFieldsOfOtherTypes() {
        fixture.tokens();
        String channel = createChannel.apply(webhook(null)).id();
        List<@Nullable String> one = List.of("a@example.com");

        assertThatThrownBy(() -> createChannel.apply(
                        new ChannelDraft("WEBHOOK", "ops", null, "https://example.com/", null, null, one, null)))
                .hasMessage("to is not allowed with type WEBHOOK");
        assertThatThrownBy(() -> createChannel.apply(
                        new ChannelDraft("EMAIL", "ops", null, null, Map.of("a", "b"), null, one, null)))
                .hasMessage("customHeaders is not allowed with type EMAIL");
        assertThatThrownBy(() -> createRule.apply(rule("entitlements.reset", channel, "tokens", null)))
                .hasMessage("meter is not allowed with type entitlements.reset");
        assertThatThrownBy(() -> createRule.apply(rule("entitlements.balance.threshold", channel, null, one)))
                .hasMessage("subjects is not allowed with type entitlements.balance.threshold");
        assertThatThrownBy(() -> createRule.apply(rule("entitlements.reset", channel, null, List.of())))
                .hasMessage("thresholds is not allowed with type entitlements.reset");
        assertThatThrownBy(() -> createRule.apply(rule("meters.usage.threshold", channel, "tokens", null)))
                .hasMessage("features is not allowed with type meters.usage.threshold");
        assertThatThrownBy(() -> createRule.apply(rule("invoice.created", channel, "tokens", null)))
                .hasMessage("meter is not allowed with type invoice.created");
        assertThatThrownBy(() -> createRule.apply(rule("invoice.updated", channel, null, null)))
                .hasMessage("features is not allowed with type invoice.updated");
        assertThatThrownBy(() -> createRule.apply(invoices("invoice.updated", channel, List.of(threshold("1")))))
                .hasMessage("thresholds is not allowed with type invoice.updated");
    }

    private static RuleDraft invoices(
            String type, String channel, @Nullable List<RuleDraft.@Nullable ThresholdDraft> thresholds) {
        return new RuleDraft(
                type, "billed", null, List.of(channel), null, thresholds, null, null, null, null, Map.of("a", "b"));
    }

    @ParameterizedTest
    @CsvSource({"invoice.created, draft.waiting_for_collection", "invoice.updated, issued"})
    void sendsASampleInvoice(String type, String status) {
        String channel = createChannel.apply(webhook(null)).id();
        RuleView rule = createRule.apply(invoices(type, channel, null));
        var test = new TestNotificationRule(notifications, fixture.ids, fixture.clock, new ExamplePayloads());

        NotificationEventView event = test.apply(new TestNotificationRule.Input(rule.id()));

        assertThat(rule.type()).isEqualTo(type);
        assertThat(rule.features()).isNull();
        assertThat(rule.thresholds()).isNull();
        assertThat(rule.metadata()).containsEntry("a", "b");
        assertThat(event.type()).isEqualTo(type);
        assertThat(event.payload()).extractingByKey("data").asString().contains("test=true", "status=" + status);
    }

    private static RuleDraft rule(
            String type, String channel, @Nullable String meter, @Nullable List<@Nullable String> subjects) {
        return new RuleDraft(
                type,
                "many",
                null,
                List.of(channel),
                List.of("tokens"),
                List.of(threshold("1")),
                meter,
                null,
                null,
                subjects,
                null);
    }

    @Test
    void refusesInvalidThresholds() {
        fixture.tokens();
        String channel = createChannel.apply(webhook(null)).id();

        assertRefused(() -> createRule.apply(usage(List.of(channel))));
        assertRefused(() -> createRule.apply(usage(List.of(channel), (RuleDraft.ThresholdDraft) null)));
        assertRefused(
                () -> createRule.apply(usage(List.of(channel), new RuleDraft.ThresholdDraft("usage_value", null))));
        for (String value : List.of("-1", "1e400", "1e2000000000", "1e-2000000000")) {
            assertRefused(() -> createRule.apply(usage(List.of(channel), threshold(value))));
        }
        assertRefused(() -> createRule.apply(usage(
                List.of(channel),
                Stream.iterate(1, n -> n + 1)
                        .limit(11)
                        .map(n -> threshold(String.valueOf(n)))
                        .toArray(RuleDraft.ThresholdDraft[]::new))));
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(Refusal.class);
    }
}
