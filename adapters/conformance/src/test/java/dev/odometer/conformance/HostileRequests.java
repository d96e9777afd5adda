package dev.odometer.conformance;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpRequest;
import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.Input;
import dev.odometer.functions.route.Route;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Generates invalid requests from a seed: for every route, with every part malformed. */
final class HostileRequests {

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "null",
            "true",
            "-1",
            "0",
            "1e999",
            "1".repeat(400),
            "x".repeat(5000),
            "'; drop table usage_event; --",
            "\" or 1=1",
            "%00",
            "\u0000",
            "\uD800",
            "\uD83D\uDE00",
            "ü",
            "../../etc/passwd",
            "{{}}",
            "$.a[*]",
            "$..a",
            "$",
            "2026-01-01T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999Z",
            "0000-01-01T00:00:00Z",
            "-000001-01-01T00:00:00Z",
            "+999999999-12-31T23:59:59Z",
            "2026-01-01",
            "1767225600",
            "DAY",
            "day",
            "YEAR",
            "Europe/Berlin",
            "Nowhere/Land",
            "UTC+25",
            "${jndi:ldap://x}",
            "#{T(Runtime)}",
            "subject",
            "customer_id",
            "tokens",
            "[",
            "{",
            "{\"$eq\":1}",
            "{\"$like\":\"\\\\\"}",
            "{\"subject\":{\"$eq\":\"a\"}}",
            "MTIz",
            "2026-01-01T00:00:00Z,1",
            "99999999999999999999",
            "NaN",
            "Infinity",
            "metered",
            "boolean",
            "static",
            "P1M",
            "PT1H",
            "SUM",
            "sum",
            "MAX",
            "01G65Z755AFWAKHE12NY0CQ9FH");

    /** The last one has no name. */
    private static final List<String> FIELDS = List.of("""
            specversion id source type subject time data datacontenttype dataschema slug aggregation
            eventType valueProperty groupBy eventFrom name description metadata key usageAttribution
            subjectKeys currency primaryEmail billingAddress country displayName stripeCustomerId from to
            windowSize windowTimeZone filterGroupBy filterCustomerId granularity time_zone filters
            dimensions group_by_dimensions clientId data_base64 $eq $and model featureKey featureId
            meterSlug meterGroupByFilters advancedMeterGroupByFilters usagePeriod interval anchor
            measureUsageFrom issueAfterReset issue isSoftLimit config amount priority effectiveAt
            expiration duration count maxRolloverAmount retainAnchor
            """.split("\\s", -1));

    private static final List<String> CONTENT_TYPES = List.of(
            "application/json",
            "application/cloudevents+json",
            "application/cloudevents-batch+json",
            "application/json; charset=utf-8",
            "application/json;charset=latin-1",
            "text/plain",
            "",
            "/",
            "application/json;;;");

    private final Random random;

    HostileRequests(long seed) {
        random = new Random(seed);
    }

    HttpRequest next(Route route) {
        String method = chance(20)
                ? pick(List.of("GET", "POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW", ""))
                : route.method();
        Headers headers = Headers.NONE
                .with(
                        "Content-Type",
                        chance(4) || route.consumes().isEmpty() ? pick(CONTENT_TYPES) : pick(route.consumes()))
                .with("Accept", pick(List.of("*/*", "text/csv", "application/json;q=x", "image/png", "", ",,,")));
        byte[] body = body(route);
        if (chance(10)) {
            headers = headers.with("Content-Encoding", pick(List.of("gzip", "GZIP", "br", "gzip, gzip", "")));
            body = chance(2) ? gzip(body) : body;
        }
        if (chance(5)) {
            headers = headers.with(
                    pick(List.of(
                            "ce-id",
                            "ce-specversion",
                            "ce-source",
                            "ce-type",
                            "X-Request-Id",
                            "traceparent",
                            "spring.cloud.function.definition",
                            "Content-Length")),
                    pick(TEXTS).replaceAll("[\r\n\0]", ""));
        }
        return new HttpRequest(method, path(route), query(route), headers, body);
    }

    private String path(Route route) {
        var path = new StringBuilder();
        for (String segment : route.path().split("/", -1)) {
            path.append(path.isEmpty() && segment.isEmpty() ? "" : "/");
            path.append(segment.startsWith("{") ? encoded(pick(TEXTS)) : segment);
        }
        return chance(30) ? path + pick(List.of("/", "//", "%", "%zz", "%ff", "/..", "?")) : path.toString();
    }

    private String encoded(String text) {
        return chance(20)
                ? text
                : URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private String query(Route route) {
        var query = new ArrayList<String>();
        for (Input input : route.inputs()) {
            if (input.source() != Input.Source.PATH && chance(2)) {
                String name = input.source() == Input.Source.QUERY_MAP && !chance(4)
                        ? input.field() + "[" + pick(List.of("model", "", "a]b", "\u0000")) + "]"
                        : input.field();
                query.add(encoded(name) + (chance(10) ? "" : "=" + encoded(pick(TEXTS))));
            }
        }
        if (chance(10)) {
            query.add(pick(List.of("&", "=", "%", "a=%zz", "a=%c3%28", "x".repeat(3000))));
        }
        return String.join("&", query);
    }

    private byte[] body(Route route) {
        if (route.body() == Body.NONE && !chance(10)) {
            return new byte[0];
        }
        String text = switch (random.nextInt(12)) {
            case 0 -> pick(TEXTS);
            case 1 -> "[".repeat(pick(List.of(50, 5000, 100_000)));
            case 2 -> "{\"data\":".repeat(pick(List.of(50, 5000)));
            case 3 -> "{\"id\":\"a\",\"id\":\"b\",\"slug\":\"a\",\"slug\":\"b\"}";
            case 4 -> json(0) + json(0);
            default -> json(0);
        };
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && chance(8)) {
            bytes[random.nextInt(bytes.length)] =
                    pick(List.of(0xff, 0xc0, 0x80, 0, 0x22, 0x7b)).byteValue();
        }
        return bytes;
    }

    private String json(int depth) {
        int kind = random.nextInt(depth > 3 ? 5 : 9);
        return switch (kind) {
            case 0 -> pick(List.of("null", "true", "false"));
            case 1 ->
                pick(List.of(
                        "0",
                        "-0",
                        "1e999",
                        "1E-999999999",
                        "123456789012345678901234567890.123",
                        "1".repeat(999),
                        "9".repeat(2000),
                        "-1.5",
                        "NaN",
                        "01",
                        "1e99999999999"));
            case 2, 3 -> quoted(pick(TEXTS));
            case 4 -> "\"\\ud800\"";
            case 5 -> array(depth);
            default -> object(depth);
        };
    }

    private String array(int depth) {
        var items = new ArrayList<String>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(json(depth + 1));
        }
        return "[" + String.join(",", items) + "]";
    }

    private String object(int depth) {
        var members = new ArrayList<String>();
        for (int i = random.nextInt(8); i > 0; i--) {
            members.add(quoted(pick(FIELDS)) + ":" + json(depth + 1));
        }
        return "{" + String.join(",", members) + "}";
    }

    private static String quoted(String text) {
        return Case.JSON.writeValueAsString(text.replace("\uD800", "?"));
    }

    private static byte[] gzip(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
