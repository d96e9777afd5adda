package dev.odometer.api.functions.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.api.functions.ApiFixture;
import dev.odometer.metering.notification.Channel;
import dev.odometer.metering.notification.Examples;
import dev.odometer.metering.notification.InMemoryNotifications;
import dev.odometer.metering.notification.Target.Webhook;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChannelSecretsTest {

    private final ApiFixture fixture = new ApiFixture();
    private final InMemoryNotifications notifications = new InMemoryNotifications(() -> {});
    private final CreateNotificationChannel createChannel =
            new CreateNotificationChannel(notifications, fixture.ids, fixture.clock);

    private static ChannelDraft webhook(@Nullable String secret) {
        return new ChannelDraft("WEBHOOK", "ops", null, "https://example.com/", null, secret, null, null);
    }

    private ChannelView get(String id, @Nullable Boolean includeSecrets) {
        return new GetNotificationChannel(notifications).apply(new GetNotificationChannel.Input(id, includeSecrets));
    }

    private static UpdateNotificationChannel.Input renamed(ChannelView read) {
        return new UpdateNotificationChannel.Input(
                read.id(),
                read.type(),
                "renamed",
                read.disabled(),
                read.url(),
                read.customHeaders(),
                read.signingSecret(),
                read.to(),
                read.metadata());
    }

    @Test
    void masksSecretsUnlessTheyAreAskedFor() {
        String id = createChannel.apply(webhook(Examples.SECRET)).id();

        assertThat(get(id, null).signingSecret())
                .isEqualTo("whsec_…" + Examples.SECRET.substring(Examples.SECRET.length() - 4));
        assertThat(get(id, false).signingSecret()).startsWith("whsec_…");
        assertThat(get(id, true).signingSecret()).isEqualTo(Examples.SECRET);
    }

    @Test
    void keepsTheSecretsOfAClientThatReadsChangesAndWrites() {
        String id = createChannel.apply(withHeader("x-key", "k-1")).id();
        var before = (Webhook) notifications.channel(id).orElseThrow().target();
        var update = new UpdateNotificationChannel(notifications, fixture.clock);

        ChannelView response = update.apply(renamed(get(id, null)));

        assertThat(notifications.channel(id).orElseThrow())
                .returns("renamed", Channel::name)
                .returns(before, Channel::target);
        assertThat(response.signingSecret()).startsWith("whsec_…");
        assertThat(response.customHeaders()).containsExactly(Map.entry("x-key", "***"));
    }

    @Test
    void showsWhatAnUpdateSets() {
        String id = createChannel.apply(withHeader("x-key", "k-1")).id();
        var update = new UpdateNotificationChannel(notifications, fixture.clock);

        ChannelView response = update.apply(new UpdateNotificationChannel.Input(
                id,
                "WEBHOOK",
                "ops",
                null,
                "https://example.com/",
                Map.of("X-Key", "***", "x-new", "n-1"),
                "b".repeat(32),
                null,
                null));

        assertThat(response.signingSecret()).isEqualTo("b".repeat(32));
        assertThat(response.customHeaders()).containsEntry("x-new", "n-1");
        assertThat(((Webhook) notifications.channel(id).orElseThrow().target()).headers())
                .containsEntry("X-Key", "k-1")
                .containsEntry("x-new", "n-1");
    }

    @Test
    void refusesAMaskThatStandsForNothing() {
        assertThatThrownBy(() -> createChannel.apply(withHeader("x-key", "***")))
                .hasMessage("customHeaders.x-key is masked (***), but the channel has no such header");
        assertThatThrownBy(() -> createChannel.apply(webhook("whsec_…abcd")))
                .hasMessageStartingWith("signingSecret is masked");
    }

    private static ChannelDraft withHeader(String name, String value) {
        return new ChannelDraft("WEBHOOK", "ops", null, "https://example.com/", Map.of(name, value), null, null, null);
    }
}
