package dev.odometer.door.json;

import dev.odometer.functions.refusal.Refusal;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/**
 * Translates Jackson's exceptions to refusals, such as {@code [3].time must be an RFC 3339 time: yesterday}. Jackson's
 * own messages are not used, because they contain class names.
 */
final class JsonRefusal {

    /** Jackson's message about a duplicate key. */
    private static final Pattern DUPLICATE = Pattern.compile("Duplicate [^\"]*\"(.*)\"", Pattern.DOTALL);

    private JsonRefusal() {}

    /** The refusal, or the failure itself if the sender did not cause it. */
    static RuntimeException from(JacksonException failure, JsonParser parser) {
        String place = place(failure.getPath());
        if (failure.getCause() instanceof Refusal refusal) {
            return placed(refusal, place, failure);
        }
        if (failure.getCause() instanceof NumberFormatException) {
            return exponent(parser);
        }
        if (failure instanceof StreamConstraintsException) {
            return Refusal.invalid("invalid JSON: nested deeper than " + Json.MAX_DEPTH
                    + " levels, or a number of more than " + Json.MAX_NUMBER_LENGTH
                    + " digits, or a name that is too long");
        }
        if (failure instanceof UnrecognizedPropertyException) {
            return Refusal.invalid("unknown field: " + Refusal.quote(place));
        }
        if (failure instanceof InvalidNullException) {
            return Refusal.invalid(subject(place) + " must not be null");
        }
        if (failure instanceof InputCoercionException coercion) {
            return mismatch(place, coercion.getTargetType(), parser);
        }
        if (failure instanceof StreamReadException unreadable) {
            return unreadable(unreadable);
        }
        if (failure instanceof InvalidFormatException format && format.getTargetType() != null) {
            return Refusal.invalid(subject(place) + " must be " + Expectation.of(format.getTargetType()) + ": "
                    + Refusal.quote(String.valueOf(format.getValue())));
        }
        if (failure instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return mismatch(place, mismatch.getTargetType(), parser);
        }
        // A record's constructor depends only on the sender's input, so the sender caused any exception that it throws.
        boolean causedBySender =
                failure instanceof ValueInstantiationException || failure instanceof MismatchedInputException;
        return causedBySender ? Refusal.invalid(subject(place) + " is not valid") : failure;
    }

    static Refusal exponent(JsonParser parser) {
        return Refusal.invalid("invalid JSON: a number with too large an exponent at line "
                + parser.currentLocation().getLineNr());
    }

    private static Refusal mismatch(String place, Class<?> expected, JsonParser parser) {
        return Refusal.invalid(subject(place) + " must be " + Expectation.of(expected) + found(parser));
    }

    private static String found(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == null) {
            return "";
        }
        if (token.isScalarValue()) {
            return ": " + Refusal.quote(Objects.requireNonNullElse(parser.getString(), "null"));
        }
        return token == JsonToken.START_ARRAY ? ", not an array" : ", not an object";
    }

    private static Refusal unreadable(StreamReadException failure) {
        String where = " at line " + failure.getLocation().getLineNr() + ", column "
                + failure.getLocation().getColumnNr();
        Matcher duplicate = DUPLICATE.matcher(String.valueOf(failure.getOriginalMessage()));
        return Refusal.invalid(
                duplicate.matches()
                        ? "invalid JSON: duplicate key in an object" + where + ": " + Refusal.quote(duplicate.group(1))
                        : "invalid JSON" + where);
    }

    /** Prefixes the sentence of a record that refused its components with the place. */
    private static Refusal placed(Refusal refusal, String place, JacksonException failure) {
        String sentence = refusal.detail();
        if (place.isEmpty() || sentence.startsWith(place)) {
            return refusal;
        }
        if (failure instanceof ValueInstantiationException made && namesComponent(sentence, made)) {
            return Refusal.invalid(place + "." + sentence);
        }
        return refusal.at(place);
    }

    private static boolean namesComponent(String sentence, ValueInstantiationException failure) {
        RecordComponent[] components = failure.getType().getRawClass().getRecordComponents();
        String first = sentence.split("[ .:\\[]", 2)[0];
        return components != null
                && Arrays.stream(components).anyMatch(part -> part.getName().equals(first));
    }

    private static String subject(String place) {
        return place.isEmpty() ? "the JSON body" : place;
    }

    private static String place(List<JacksonException.Reference> path) {
        var place = new StringBuilder();
        for (JacksonException.Reference step : path) {
            if (step.getPropertyName() == null) {
                place.append('[').append(step.getIndex()).append(']');
            } else {
                place.append(place.isEmpty() ? "" : ".").append(Refusal.quote(step.getPropertyName()));
            }
        }
        return place.toString();
    }
}
