package dev.odometer.email;

import dev.odometer.metering.notification.Notification;
import dev.odometer.metering.notification.RuleCondition;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Renders a notification as an e-mail: a sentence and the values of the payload, as text and as HTML. Lists of objects,
 * such as the lines of an invoice, are left out.
 */
record EmailTemplate(Notification notification) {

    private static final int MAX_SUBJECT_LENGTH = 200;

    private String sentence() {
        if (notification.rule().condition() instanceof RuleCondition.OfInvoices) {
            return invoice(values());
        }
        String subject = of(notification.topic().subject());
        String threshold = Optional.ofNullable(values().get("data.threshold.value"))
                .map(value -> " crossed " + value)
                .orElse(" crossed a threshold");
        return switch (notification.type()) {
            case "meters.usage.threshold" -> "Usage" + meter() + subject + threshold;
            case "entitlements.balance.threshold" -> "The balance" + feature() + subject + threshold;
            case "entitlements.reset" -> "A new period" + feature() + subject + " has begun";
            default -> notification.type() + subject;
        };
    }

    private static String invoice(Map<String, String> values) {
        return "Invoice " + values.get("data.number")
                + of(values.get("data.customer.name"))
                + " is " + values.get("data.status")
                + ", with a total of " + values.get("data.totals.total")
                + " " + values.get("data.currency");
    }

    private String meter() {
        return notification.rule().condition() instanceof RuleCondition.OfUsage usage ? of(usage.meterSlug()) : "";
    }

    private String feature() {
        return of(notification.topic().featureKey());
    }

    private static String of(@Nullable String name) {
        return name == null ? "" : " of " + name;
    }

    /** The subject line. Control characters in names become spaces, which prevents header injection. */
    String subject() {
        String line = (notification.rule().name() + ": " + sentence()).replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+", " ");
        int end = Math.min(line.length(), MAX_SUBJECT_LENGTH);
        return line.substring(0, end > 0 && Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end);
    }

    String text() {
        return sentence() + ".\n\n"
                + values().entrySet().stream()
                        .map(value -> value.getKey() + ": " + value.getValue() + "\n")
                        .collect(Collectors.joining())
                + "\nRule: " + notification.rule().name() + "\n";
    }

    String html() {
        return "<!DOCTYPE html><html><body><p>" + escaped(sentence()) + ".</p><table>"
                + values().entrySet().stream()
                        .map(value -> "<tr><td>" + escaped(value.getKey()) + "</td><td>" + escaped(value.getValue())
                                + "</td></tr>")
                        .collect(Collectors.joining())
                + "</table><p>Rule: " + escaped(notification.rule().name()) + "</p></body></html>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** The leaf values of the payload by their dotted paths. */
    private Map<String, String> values() {
        var values = new LinkedHashMap<String, String>();
        leaves("", notification.payload()).forEach(leaf -> values.put(leaf.getKey(), leaf.getValue()));
        return values;
    }

    private static Stream<Map.Entry<String, String>> leaves(String path, @Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            String before = path.isEmpty() ? "" : path + ".";
            return object.entrySet().stream().flatMap(entry -> leaves(before + entry.getKey(), entry.getValue()));
        }
        if (value instanceof List<?> list) {
            if (list.stream().anyMatch(Map.class::isInstance)) {
                return Stream.empty();
            }
            return Stream.of(
                    Map.entry(path, list.stream().map(EmailTemplate::plain).collect(Collectors.joining(", "))));
        }
        return value == null ? Stream.empty() : Stream.of(Map.entry(path, plain(value)));
    }

    private static String plain(@Nullable Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
    }
}
