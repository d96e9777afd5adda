package dev.odometer.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.route.Tabular;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class CsvTest {

    private record Table(String tableName, List<String> columns, List<List<String>> cells) implements Tabular {}

    private static final Table TABLE = new Table("t", List.of("=group", "value"), List.of(List.of("@SUM(A1)", "-1.5")));

    private static String csv(Map<String, Object> settings) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", settings));
        boolean neutralizes = DoorSettings.from(environment).neutralizesFormulas();
        return new String(Csv.write(TABLE, neutralizes), StandardCharsets.UTF_8);
    }

    @Test
    void writesCellsAsTheyAreByDefault() {
        assertThat(csv(Map.of())).isEqualTo("=group,value\n@SUM(A1),-1.5\n");
    }

    @Test
    void neutralizesFormulasIfConfigured() {
        assertThat(csv(Map.of("odometer.csv.neutralize-formulas", "true")))
                .isEqualTo("'=group,value\n'@SUM(A1),-1.5\n");
    }
}
