package dev.odometer.api.functions.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.api.functions.ApiFixture;
import dev.odometer.functions.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListEventsV2Test {

    private static final String TIME = "2020-01-01T00:00:00Z";

    private final ApiFixture fixture = new ApiFixture();
    private final ListEventsV2 listEvents =
            new ListEventsV2(fixture.log, new EventViews(fixture.meters, fixture.customers), fixture.customerLookup);

    private ListEventsV2.Page page(@Nullable String cursor, int limit) {
        return listEvents.apply(new ListEventsV2.Input(cursor, limit, null, null));
    }

    private List<String> subjects(Map<String, @Nullable Object> filter) {
        return listEvents.apply(new ListEventsV2.Input(null, null, null, filter)).items().stream()
                .map(view -> view.event().subject())
                .toList();
    }

    @Test
    void aPageContinuesWhereThePreviousOneEnded() {
        List.of("a", "b", "c", "d", "e").forEach(subject -> fixture.used(subject, TIME, 1));
        var seen = new ArrayList<String>();

        ListEventsV2.Page first = page(null, 2);
        ListEventsV2.Page second = page(first.nextCursor(), 2);
        ListEventsV2.Page third = page(second.nextCursor(), 2);
        List.of(first, second, third)
                .forEach(page ->
                        page.items().forEach(view -> seen.add(view.event().subject())));

        assertThat(seen).containsExactly("e", "d", "c", "b", "a");
        assertThat(third.nextCursor()).isNull();
    }

    @Test
    void aCursorIsTakenInEitherAlphabetOfBase64() {
        fixture.used("a", TIME, 1);
        fixture.used("b", TIME, 1);
        byte[] place = (TIME + ",1").getBytes(StandardCharsets.UTF_8);

        assertThat(page(Base64.getEncoder().encodeToString(place), 2).items()).hasSize(1);
        assertThat(page(Base64.getUrlEncoder().withoutPadding().encodeToString(place), 2)
                        .items())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "!!!!", "MjAyMC0wMS0wMVQwMDowMDowMFo", "bm93LDE", "LDE", "\0", "\ud83d"})
    void refusesAnInvalidCursor(String cursor) {
        assertThatThrownBy(() -> page(cursor, 2))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("invalid cursor: ");
    }

    @Test
    void filtersByEveryFieldOfAnEvent() {
        fixture.used("acme", TIME, 1);
        fixture.used("other", "2021-01-01T00:00:00Z", 1);

        assertThat(subjects(Map.of("subject", Map.of("$like", "ac%")))).containsExactly("acme");
        assertThat(subjects(Map.of("type", Map.of("$eq", "prompt"), "source", Map.of("$eq", "chat"))))
                .hasSize(2);
        assertThat(subjects(Map.of("id", Map.of("$eq", "none")))).isEmpty();
        assertThat(subjects(Map.of("time", Map.of("$lt", "2020-06-01T00:00:00Z"))))
                .containsExactly("acme");
        assertThat(subjects(Map.of("ingestedAt", Map.of("$lt", TIME)))).isEmpty();
    }

    @Test
    void filtersByCustomer() {
        String id = fixture.customer("acme", "acme-eu").id();
        fixture.used("acme-eu", TIME, 1);
        fixture.used("other", TIME, 1);

        assertThat(subjects(Map.of("customerId", Map.of("$in", List.of(id))))).containsExactly("acme-eu");
        assertThatThrownBy(() -> subjects(Map.of("customerId", Map.of("$in", List.of("x")))))
                .hasMessage("customers not found in namespace default: x");
        assertThatThrownBy(() -> subjects(Map.of("customerId", Map.of("$ne", id))))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void refusesUnknownFields() {
        assertThatThrownBy(() -> subjects(Map.of("colour", Map.of("$eq", "red"))))
                .hasMessage("filter has no field colour");
    }

    @Test
    void ignoresAFieldThatIsNull() {
        fixture.used("acme", TIME, 1);

        assertThat(subjects(Collections.singletonMap("subject", null))).containsExactly("acme");
    }
}
