package dev.odometer.stripe;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Parameters of a request, in order, as a form or a query. */
final class Form {

    private final Map<String, String> fields = new LinkedHashMap<>();

    Form with(String name, String value) {
        fields.put(name, value);
        return this;
    }

    Form with(String name, long value) {
        return with(name, String.valueOf(value));
    }

    /** In the media type {@code application/x-www-form-urlencoded}. */
    String encoded() {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
