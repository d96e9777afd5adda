package dev.odometer.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A case: a file of {@code docs/examples} with requests and their expected replies, in order. */
record Case(String name, List<Step> steps) {

    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .build();

    /** The secret that the portal signs with wherever cases are run. */
    static final String PORTAL_SECRET = "what-the-portal-signs-with-in-tests";

    private static final Pattern NOW = Pattern.compile("\\{now(?:([+-])(\\d+)([smhd]))?}");
    private static final int ULID_LENGTH = 26;
    private static final Pattern CAPTURED = Pattern.compile("\\{\\{(\\w+)}}");

    /** A request and its expected reply. */
    record Step(String name, JsonNode request, JsonNode reply, Map<String, String> capture) {}

    /** All cases. It is an error if there is none. */
    static List<Case> all() {
        Path folder = Path.of("../../docs/examples");
        try (Stream<Path> files = Files.list(folder)) {
            List<Case> cases = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Case::read)
                    .toList();
            if (cases.isEmpty()) {
                throw new IllegalStateException("no cases in " + folder);
            }
            return cases;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Case read(Path file) {
        JsonNode tree = JSON.readTree(file);
        var steps = new ArrayList<Step>();
        for (JsonNode step : tree.required("steps")) {
            var capture = new TreeMap<String, String>();
            step.path("capture")
                    .properties()
                    .forEach(entry ->
                            capture.put(entry.getKey(), entry.getValue().asString()));
            steps.add(new Step(
                    step.required("name").asString(), step.required("request"), step.required("reply"), capture));
        }
        return new Case(file.getFileName().toString(), steps);
    }

    /** The placeholders of one run: {@code {now-1h}} and {@code {{captured}}} are replaced by values of this run. */
    static final class Run {

        private final Instant now;
        private final Map<String, String> captured = new HashMap<>();
        private final Set<String> varying = new TreeSet<>();

        Run(Instant now) {
            this.now = now.truncatedTo(ChronoUnit.SECONDS);
        }

        void capture(String name, String value) {
            captured.put(name, value);
        }

        /** Records a text that differs between runs. */
        void variesByRun(String text) {
            varying.add(text);
        }

        /** The text without everything that differs between runs. */
        String masked(String text) {
            String masked = text;
            for (String value : varying) {
                masked = masked.replace(isUnique(value) ? value : '"' + value + '"', "*");
            }
            return masked;
        }

        /** Ids and times do not occur by chance within other texts. */
        private static boolean isUnique(String value) {
            return value.length() == ULID_LENGTH
                    || CasesContract.TIME.matcher(value).matches();
        }

        String filled(String text) {
            Matcher names = CAPTURED.matcher(text);
            String named = names.replaceAll(match -> Matcher.quoteReplacement(value(match.group(1))));
            return NOW.matcher(named).replaceAll(match -> time(match.group(1), match.group(2), match.group(3)));
        }

        private String value(String name) {
            String value = captured.get(name);
            if (value == null) {
                throw new IllegalStateException("no captured value: " + name);
            }
            return value;
        }

        @SuppressWarnings("NullAway") // groups of an optional part
        private String time(String sign, String amount, String unit) {
            if (sign == null) {
                return now.toString();
            }
            Duration shift = Duration.of(
                    Long.parseLong(amount),
                    switch (unit) {
                        case "s" -> ChronoUnit.SECONDS;
                        case "m" -> ChronoUnit.MINUTES;
                        case "h" -> ChronoUnit.HOURS;
                        default -> ChronoUnit.DAYS;
                    });
            return (sign.equals("+") ? now.plus(shift) : now.minus(shift)).toString();
        }

        byte[] body(JsonNode message) {
            if (message.has("base64")) {
                return Base64.getDecoder().decode(message.path("base64").asString());
            }
            if (message.has("text")) {
                return filled(message.path("text").asString()).getBytes(StandardCharsets.UTF_8);
            }
            return message.has("body")
                    ? filled(JSON.writeValueAsString(message.path("body"))).getBytes(StandardCharsets.UTF_8)
                    : new byte[0];
        }
    }
}
