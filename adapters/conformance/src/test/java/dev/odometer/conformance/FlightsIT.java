package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The flights example works as its page describes, in the packaged service. */
class FlightsIT {

    private static final Path EXAMPLE = Path.of("../../examples/flights");
    private static final Path FILE = EXAMPLE.resolve("flights-2001.csv.gz");
    private static final Pattern SETTING = Pattern.compile("(?m)^export (\\w+)='?([^'\\n]+)'?$");
    private static final Pattern METER = Pattern.compile("(?m)^curl .*/api/v1/meters -d '([^']+)'$");
    private static final Duration MAX_WAIT = Duration.ofMinutes(2);
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder;

    private static String page() throws IOException {
        return Files.readString(EXAMPLE.resolve("README.md"));
    }

    private static Map<String, String> settings() throws IOException {
        return SETTING.matcher(page())
                .results()
                .collect(Collectors.toMap(setting -> setting.group(1), setting -> setting.group(2)));
    }

    /** The miles in the file by month of the year, summed independently of the service. */
    private static Map<String, BigDecimal> miles() throws IOException {
        var miles = new TreeMap<String, BigDecimal>();
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(FILE)), StandardCharsets.UTF_8))) {
            lines.lines().skip(1).map(line -> line.split(",")).forEach(columns -> {
                String month = columns[0].substring(0, 7).replace('/', '-');
                miles.merge(month, new BigDecimal(columns[2]), BigDecimal::add);
            });
        }
        return miles;
    }

    @Test
    void countsFlightsOfACopiedFileOnce() throws Exception {
        Path data = folder.resolve("data");
        try (var service = new PackagedService(data, settings())) {
            service.awaitHealthy();
            for (String meter :
                    METER.matcher(page()).results().map(found -> found.group(1)).toList()) {
                assertThat(service.post("/api/v1/meters", "application/json", meter))
                        .isEqualTo(201);
            }

            copyFile(data);
            awaitDone(service, 1);
            check(service);

            copyFile(data);
            awaitDone(service, 2);
            check(service);
            assertThat(data.resolve("files/done")).isNotEmptyDirectory();
            assertThat(data.resolve("files/failed"))
                    .satisfiesAnyOf(
                            failed -> assertThat(failed).doesNotExist(),
                            failed -> assertThat(failed).isEmptyDirectory());
        }
    }

    private static void copyFile(Path data) throws IOException {
        Files.copy(FILE, Files.createDirectories(data.resolve("files/inbox")).resolve("flights-2001.csv.gz"));
    }

    private static void check(PackagedService service) throws Exception {
        JsonNode months =
                get(service, "/api/v1/meters/miles/query?windowSize=MONTH").path("data");
        var counted = new TreeMap<String, BigDecimal>();
        months.forEach(row -> counted.put(
                row.path("windowStart").asString().substring(0, 7),
                row.path("value").decimalValue()));
        JsonNode flights = get(service, "/api/v1/meters/flights/query").path("data");

        assertThat(counted).isEqualTo(miles());
        assertThat(counted.values())
                .extracting(miles -> "%,d".formatted(miles.longValueExact()))
                .allMatch(FlightsIT::isOnThePage);
        assertThat(flights.path(0).path("value").longValue()).isEqualTo(20_000);
    }

    private static boolean isOnThePage(String figure) {
        try {
            return page().contains(figure);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static void awaitDone(PackagedService service, int imports) throws Exception {
        await(
                service,
                all -> all.stream().filter(one -> status(one).equals("done")).count() == imports);
    }

    private static String status(JsonNode one) {
        return one.path("status").asString();
    }

    private interface Condition {
        boolean holds(List<JsonNode> imports);
    }

    private static void await(PackagedService service, Condition condition) throws Exception {
        long end = System.nanoTime() + MAX_WAIT.toNanos();
        while (true) {
            JsonNode imports = get(service, "/api/v1/imports");
            if (condition.holds(imports.path("items").valueStream().toList())) {
                return;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("timed out: " + imports + Files.readString(service.log()));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static JsonNode get(PackagedService service, String path) throws Exception {
        return JSON.readTree(service.get(path).body());
    }
}
