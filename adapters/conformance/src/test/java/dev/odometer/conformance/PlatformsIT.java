package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.conformance.aws.Gateway;
import dev.odometer.conformance.azure.FunctionApp;
import dev.odometer.conformance.google.InvokerProcess;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The table in {@code docs/platforms.md} lists exactly the differences between the doors. */
@EnabledOnOs(OS.LINUX)
@Tag("long")
class PlatformsIT {

    private static final String LOCAL = "one machine";
    private static final InvokerProcess GOOGLE = InvokerProcess.start(Databases.fresh("google_probes"));

    @AfterAll
    static void stop() throws IOException {
        GOOGLE.close();
    }

    /** A door. */
    interface Door {
        HttpReply send(HttpRequest request) throws Exception;
    }

    private static final Map<String, Door> DOORS = new LinkedHashMap<>();

    @BeforeAll
    static void openDoors() throws Exception {
        DOORS.putAll(doors());
    }

    private static Map<String, Door> doors() throws Exception {
        var doors = new LinkedHashMap<String, Door>();
        doors.put(LOCAL, LocalTwin::send);
        Gateway.all().forEach(gateway -> doors.put(gateway.name(), LambdaDoor.behind(gateway)::send));
        doors.put("Azure", FunctionApp.start(Databases.fresh("azure_platforms"))::send);
        doors.put("Google Cloud", GOOGLE.client()::send);
        return doors;
    }

    /** The cells of the table, by behaviour and door. */
    private static Map<String, Map<String, String>> table() throws IOException {
        List<List<String>> rows = Files.readAllLines(Path.of("../../docs/platforms.md")).stream()
                .dropWhile(line -> !line.contains("| " + LOCAL + " |"))
                .takeWhile(line -> line.startsWith("|"))
                .filter(line -> !line.startsWith("|-"))
                .map(PlatformsIT::cells)
                .toList();
        var table = new LinkedHashMap<String, Map<String, String>>();
        List<String> names = rows.get(0);
        for (List<String> row : rows.subList(1, rows.size())) {
            var cells = new LinkedHashMap<String, String>();
            for (int i = 1; i < names.size(); i++) {
                cells.put(names.get(i), row.get(i));
            }
            table.put(row.get(0), cells);
        }
        return table;
    }

    private static List<String> cells(String line) {
        return Stream.of(line.substring(1).split("\\|")).map(String::strip).toList();
    }

    @TestFactory
    Stream<DynamicTest> differExactlyAsTheTableLists() throws IOException {
        Map<String, Map<String, String>> table = table();
        return Probes.all().entrySet().stream()
                .map(probe -> DynamicTest.dynamicTest(probe.getKey(), () -> {
                    var seen = new LinkedHashMap<String, String>();
                    for (var door : DOORS.entrySet()) {
                        seen.put(door.getKey(), probe.getValue().look(door.getValue()));
                    }
                    if (new TreeSet<>(seen.values()).size() > 1) {
                        assertThat(seen).isEqualTo(table.get(probe.getKey()));
                    } else {
                        assertThat(table.keySet()).as("no difference: " + seen).doesNotContain(probe.getKey());
                    }
                }));
    }

    @Test
    void haveAProbeForEachRowOfTheTable() throws IOException {
        Set<String> rows = table().keySet();

        assertThat(rows).isNotEmpty();
        assertThat(new ArrayList<>(Probes.all().keySet())).containsAll(rows);
    }
}
