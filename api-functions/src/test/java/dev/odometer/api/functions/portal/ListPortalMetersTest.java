package dev.odometer.api.functions.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.api.functions.portal.ListPortalMeters.PortalMeterView;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.InMemoryMeters;
import dev.odometer.metering.meter.MeterDraft;
import dev.odometer.metering.portal.InMemoryPortalTokens;
import dev.odometer.metering.portal.PortalToken;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListPortalMetersTest {

    private static final Instant NOW = Instant.parse("2026-11-02T03:00:00.123456Z");

    private final TokenSignature signature = TokenSignature.of("0123456789abcdef0123456789abcdef");
    private final InMemoryPortalTokens tokens = new InMemoryPortalTokens();
    private final InMemoryMeters meters = new InMemoryMeters();
    private final ListPortalMeters list =
            new ListPortalMeters(new TokenCheck(signature, tokens, Clock.fixed(NOW, ZoneOffset.UTC)), meters);

    @BeforeEach
    void addMeters() {
        for (String slug : List.of("b", "a", "c", "gone")) {
            var draft = new MeterDraft(
                    slug, "The " + slug, "internal", null, Aggregation.COUNT, "call", null, null, Map.of("k", "$.k"));
            meters.add(draft.toMeter("01K0000000000000000000000" + slug.charAt(0), NOW));
        }
        meters.replace(meters.find("gone").orElseThrow().deleted(NOW));
    }

    private List<PortalMeterView> list(List<String> allowed, @Nullable Integer page, @Nullable Integer pageSize) {
        String text = signature.token(allowed.toString().getBytes(StandardCharsets.UTF_8));
        var token = new PortalToken(
                allowed.toString(), TokenSignature.digest(text), "acme", allowed, Set.of(), NOW, NOW.plusSeconds(9));
        tokens.add(token, NOW);
        return list.apply(new ListPortalMeters.Input("Bearer " + text, page, pageSize));
    }

    @Test
    void listsAllLiveMetersBySlug() {
        assertThat(list(List.of(), null, null))
                .extracting(PortalMeterView::slug)
                .containsExactly("a", "b", "c");
        assertThat(list(List.of(), 2, 2)).extracting(PortalMeterView::slug).containsExactly("c");
    }

    @Test
    void listsOnlyAllowedMeters() {
        assertThat(list(List.of("gone", "c"), null, null))
                .containsExactly(new PortalMeterView("c", "The c", Aggregation.COUNT, List.of("k")));
    }
}
