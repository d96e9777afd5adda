package dev.odometer.api.functions.info;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.route.Represented;
import java.lang.reflect.ParameterizedType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SchemasTest {

    enum Color {
        RED,
        GREEN
    }

    record Part(String name, @Nullable Part inner) {}

    record Thing(
            BigDecimal amount,
            @Nullable Instant at,
            Optional<String> subject,
            List<Color> colors,
            Map<String, Long> words,
            @Nullable Object extra,
            Part part) {}

    record Change(Optional<Part> part, Optional<Color> color, Optional<Object> any) {}

    record Page<T>(List<T> items, T first, int page) {}

    interface Pages extends Supplier<Page<Part>> {}

    interface Documented extends Supplier<Represented<Part>> {}

    private final Schemas schemas = new Schemas(Descriptions.read());

    @Test
    void describeRecordsByTheirWireForm() {
        assertThat(schemas.of(Thing.class)).isEqualTo(Map.of("$ref", "#/components/schemas/SchemasTestThing"));

        assertThat(schemas.components().get("SchemasTestThing"))
                .isEqualTo(Map.of(
                        "type",
                        "object",
                        "properties",
                        Map.of(
                                "amount", Map.of("type", "number"),
                                "at", Map.of("type", "string", "format", "date-time"),
                                "subject", Map.of("type", List.of("string", "null")),
                                "colors",
                                        Map.of(
                                                "type",
                                                "array",
                                                "items",
                                                Map.of("type", "string", "enum", List.of("RED", "GREEN"))),
                                "words",
                                        Map.of(
                                                "type",
                                                "object",
                                                "additionalProperties",
                                                Map.of("type", "integer", "format", "int64")),
                                "extra", Map.of(),
                                "part", Map.of("$ref", "#/components/schemas/SchemasTestPart")),
                        "required",
                        List.of("amount", "subject", "colors", "words", "part")));
    }

    @Test
    void aRecordMayContainItself() {
        schemas.of(Part.class);

        assertThat(Objects.requireNonNull(schemas.components().get("SchemasTestPart"))
                        .toString())
                .contains("SchemasTestPart");
    }

    @Test
    void anOptionalComponentMayBeNull() {
        Map<String, Object> none = Map.of("type", "null");
        Map<String, Object> color = Map.of("type", "string", "enum", List.of("RED", "GREEN"));
        schemas.of(Change.class);

        assertThat(schemas.components().get("SchemasTestChange"))
                .containsEntry(
                        "properties",
                        Map.of(
                                "part",
                                Map.of("oneOf", List.of(Map.of("$ref", "#/components/schemas/SchemasTestPart"), none)),
                                "color",
                                Map.of("oneOf", List.of(color, none)),
                                "any",
                                Map.of()));
    }

    @Test
    void aGenericRecordHasTheTypesOfItsUse() {
        var page = ((ParameterizedType) Pages.class.getGenericInterfaces()[0]).getActualTypeArguments()[0];

        assertThat(schemas.of(page)).isEqualTo(Map.of("$ref", "#/components/schemas/SchemasTestPageOfSchemasTestPart"));
        assertThat(schemas.components().get("SchemasTestPageOfSchemasTestPart"))
                .containsEntry(
                        "properties",
                        Map.of(
                                "items",
                                Map.of(
                                        "type",
                                        "array",
                                        "items",
                                        Map.of("$ref", "#/components/schemas/SchemasTestPart")),
                                "first",
                                Map.of("$ref", "#/components/schemas/SchemasTestPart"),
                                "page",
                                Map.of("type", "integer", "format", "int32")));
    }

    @Test
    void aResultWithDocumentsHasTheTypeOfItsView() {
        var documented = ((ParameterizedType) Documented.class.getGenericInterfaces()[0]).getActualTypeArguments()[0];

        assertThat(schemas.of(documented)).isEqualTo(Map.of("$ref", "#/components/schemas/SchemasTestPart"));
    }
}
