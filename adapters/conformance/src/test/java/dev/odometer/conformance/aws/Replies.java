package dev.odometer.conformance.aws;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The parsing of responses that all gateways share. */
final class Replies {

    private Replies() {}

    /** A parser of responses; it throws {@link Malformed} if the gateway cannot parse one. */
    interface Reading {
        HttpReply reply(JsonNode answer);
    }

    /** The gateway cannot parse the response. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed(String why) {
            super(why);
        }
    }

    static HttpReply read(byte[] answer, int statusOfMalformed, Reading reading) {
        try {
            return reading.reply(Events.JSON.readTree(answer));
        } catch (Malformed | JacksonException malformed) {
            String why = "{\"message\":\"" + malformed.getClass().getSimpleName() + "\"}";
            return new HttpReply(
                    statusOfMalformed,
                    Headers.of("Content-Type", "application/json"),
                    why.getBytes(StandardCharsets.UTF_8));
        }
    }

    static int status(JsonNode answer) {
        JsonNode status = answer.path("statusCode");
        if (!status.isInt() || status.asInt() < 100 || status.asInt() > 599) {
            throw new Malformed("statusCode");
        }
        return status.asInt();
    }

    /** Adds values by name to those that exist. */
    static void addSingle(Map<String, List<String>> headers, JsonNode map) {
        checkObject(map);
        map.properties()
                .forEach(header -> headers.computeIfAbsent(header.getKey(), key -> new ArrayList<>())
                        .add(scalar(header.getValue())));
    }

    static void addMulti(Map<String, List<String>> headers, JsonNode map) {
        checkObject(map);
        map.properties().forEach(header -> {
            if (!header.getValue().isArray()) {
                throw new Malformed("values of " + header.getKey());
            }
            header.getValue()
                    .forEach(value -> headers.computeIfAbsent(header.getKey(), key -> new ArrayList<>())
                            .add(scalar(value)));
        });
    }

    static Map<String, List<String>> none() {
        return new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    }

    private static void checkObject(JsonNode map) {
        if (!map.isObject() && !map.isMissingNode() && !map.isNull()) {
            throw new Malformed("headers");
        }
    }

    static String scalar(JsonNode value) {
        if (!value.isString() && !value.isNumber() && !value.isBoolean()) {
            throw new Malformed("value of a header");
        }
        return value.asString();
    }

    static byte[] body(JsonNode answer) {
        JsonNode body = answer.path("body");
        if (body.isMissingNode() || body.isNull()) {
            return new byte[0];
        }
        if (!body.isString()) {
            throw new Malformed("body");
        }
        try {
            return answer.path("isBase64Encoded").asBoolean(false)
                    ? Base64.getDecoder().decode(body.asString())
                    : body.asString().getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw new Malformed("body");
        }
    }
}
