package dev.odometer.kafka.intake;

import dev.odometer.metering.usage.UsageEvent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Sample events, as the door passes them to functions. */
final class Examples {

    static final Instant TIME = Instant.parse("2020-02-29T23:59:59.123456Z");

    private Examples() {}

    static UsageEvent event(String id, String subject, @Nullable Map<String, @Nullable Object> data) {
        return new UsageEvent("1.0", id, "shop", "request", subject, TIME, null, null, data);
    }

    static UsageEvent request(String id) {
        return event(id, "acme", Map.of("tokens", new BigInteger("7")));
    }

    static List<UsageEvent> requests(int count) {
        return IntStream.range(0, count).mapToObj(i -> request("e-" + i)).toList();
    }

    /** Data with every kind of value. */
    static Map<String, @Nullable Object> rich() {
        var data = new LinkedHashMap<String, @Nullable Object>();
        data.put("price", new BigDecimal("0.10"));
        data.put("huge", new BigInteger("9".repeat(980)));
        data.put("tiny", new BigDecimal("1E-40000"));
        data.put("nothing", null);
        data.put("text", "\u00e9 \ud83d\ude00 \"\\\n");
        data.put("list", List.of(true, new BigDecimal("-1.50"), Map.of("deep", List.of())));
        return data;
    }
}
