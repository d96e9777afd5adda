package dev.odometer.api.functions.events;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.Timestamp;
import dev.odometer.metering.usage.EventSearch;
import dev.odometer.metering.usage.RecordedEvent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text form of a position in the list of events: Base64 of the event's time and its ingestion order. */
final class EventCursor {

    private static final int MAX_LENGTH = 128;
    private static final Pattern FORM = Pattern.compile("([^,]+),(-?[0-9]{1,18})");

    private EventCursor() {}

    static String after(RecordedEvent last) {
        String position = last.event().happenedAt() + "," + last.position();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    /** Accepts both alphabets of Base64, with or without padding. */
    static EventSearch.Cursor parse(String text) {
        try {
            String url =
                    text.length() > MAX_LENGTH ? "" : text.replace('+', '-').replace('/', '_');
            Matcher position = FORM.matcher(new String(Base64.getUrlDecoder().decode(url), StandardCharsets.UTF_8));
            if (position.matches()) {
                return new EventSearch.Cursor(
                        Timestamp.parse("cursor", position.group(1)), Long.parseLong(position.group(2)));
            }
        } catch (IllegalArgumentException | Refusal e) {
            throw malformed(text);
        }
        throw malformed(text);
    }

    private static Refusal malformed(String text) {
        return Refusal.invalid("invalid cursor: " + Refusal.quote(text));
    }
}
