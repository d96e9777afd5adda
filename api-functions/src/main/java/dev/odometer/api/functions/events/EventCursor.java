package dev.odometer.api.functions.events;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.Timestamp;
import dev.odometer.metering.usage.EventSearch;
import dev.odometer.metering.usage.RecordedEvent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text form of a place in the list of events: Base64 of its time and its place in the order of arrival. */
final class EventCursor {

    private static final int LONGEST = 128;
    private static final Pattern FORM = Pattern.compile("([^,]+),(-?[0-9]{1,18})");

    private EventCursor() {}

    static String after(RecordedEvent last) {
        String place = last.event().happenedAt() + "," + last.position();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes both alphabets of Base64, padded or not. */
    static EventSearch.Cursor parse(String text) {
        try {
            String url = text.length() > LONGEST ? "" : text.replace('+', '-').replace('/', '_');
            Matcher place = FORM.matcher(new String(Base64.getUrlDecoder().decode(url), StandardCharsets.UTF_8));
            if (place.matches()) {
                return new EventSearch.Cursor(
                        Timestamp.parse("cursor", place.group(1)), Long.parseLong(place.group(2)));
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
