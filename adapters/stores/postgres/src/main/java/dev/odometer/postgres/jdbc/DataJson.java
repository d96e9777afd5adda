package dev.odometer.postgres.jdbc;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Converts trees of plain Java values to JSON text and back. Numbers keep every digit. */
public final class DataJson {

    private static final TypeReference<Map<String, @Nullable Object>> OBJECT = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<List<String>> LIST = new TypeReference<>() {};

    // The doors limit the size of input. Stored text has passed those limits and must always be readable, so there are
    // none here.
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNumberLength(Integer.MAX_VALUE)
                            .maxNameLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .build();

    private DataJson() {}

    public static String write(Object tree) {
        return MAPPER.writeValueAsString(tree);
    }

    public static Map<String, @Nullable Object> object(String json) {
        return MAPPER.readValue(json, OBJECT);
    }

    public static Map<String, String> texts(String json) {
        return MAPPER.readValue(json, TEXTS);
    }

    public static List<String> list(String json) {
        return MAPPER.readValue(json, LIST);
    }

    public static <T> T value(String json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }
}
