package dev.odometer.door.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.odometer.functions.refusal.Refusal;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * Reads and writes JSON, configured for all doors. Reading: strict UTF-8, no duplicate keys, at most 100 levels and
 * 1,000 digits, exact numbers, no coercion between types; fields are the components of records. Writing: null
 * components are omitted, empty {@code Optional}s are {@code null}, decimals are in plain notation, times are in UTC
 * with {@code Z}. Thread-safe.
 */
public final class Json {

    /** The maximum nesting depth of objects and arrays. */
    public static final int MAX_DEPTH = 100;
    /** The maximum length of a number, in characters. */
    public static final int MAX_NUMBER_LENGTH = 1000;

    private static final List<LogicalType> SCALARS = List.of(
            LogicalType.Textual,
            LogicalType.Integer,
            LogicalType.Float,
            LogicalType.Boolean,
            LogicalType.Enum,
            LogicalType.DateTime,
            LogicalType.OtherScalar,
            LogicalType.POJO,
            LogicalType.Map,
            LogicalType.Collection);

    private static final TypeReference<Map<String, @Nullable Object>> TREE = new TypeReference<>() {};

    private final JsonMapper mapper = mapper();
    private final ObjectWriter writer = mapper.writer();

    private static JsonMapper mapper() {
        var builder = JsonMapper.builder(factory())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
                .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                // Null for an absent component; an empty Optional is a JSON null.
                .enable(DeserializationFeature.USE_NULL_FOR_MISSING_REFERENCE_VALUES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                // An absent primitive is 0 or false; Jackson cannot distinguish absent from null here.
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                // Checked by JsonReader, which has a better message.
                .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                // Cold start: do not prepare deserializers for the inputs of functions that are not called.
                .disable(DeserializationFeature.EAGER_DESERIALIZER_FETCH)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(MapperFeature.INFER_RECORD_GETTERS_FROM_COMPONENTS_ONLY)
                .annotationIntrospector(new RecordMembers())
                .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
                .addModule(new SimpleModule()
                        .addDeserializer(Instant.class, new InstantReader())
                        .addSerializer(BigDecimal.class, new DecimalWriter()));
        SCALARS.forEach(kind -> builder.withCoercionConfig(kind, config -> {
            for (CoercionInputShape shape : CoercionInputShape.values()) {
                config.setCoercion(shape, action(kind, shape));
            }
        }));
        return builder.build();
    }

    /** No value is coerced to another type; only an integer is also a number. */
    private static CoercionAction action(LogicalType kind, CoercionInputShape shape) {
        boolean isSameType = switch (shape) {
            case Integer -> kind == LogicalType.Float;
            case EmptyArray -> kind == LogicalType.Collection;
            case EmptyString -> kind == LogicalType.Textual;
            default -> false;
        };
        return isSameType ? CoercionAction.TryConvert : CoercionAction.Fail;
    }

    private static JsonFactory factory() {
        return JsonFactory.builder()
                // Always UTF-8, as RFC 8259 requires; do not detect UTF-16.
                .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        // The maximum size of the body already limits strings.
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }

    public JavaType type(Type type) {
        return mapper.constructType(type);
    }

    public JavaType listOf(JavaType element) {
        return mapper.getTypeFactory().constructCollectionType(List.class, element);
    }

    /**
     * Reads values of one type.
     *
     * @param strict whether unknown fields are refused instead of ignored, and a single value in the place of a list
     */
    public JsonReader reader(JavaType type, boolean strict) {
        ObjectReader reader = mapper.readerFor(type);
        return new JsonReader(
                strict
                        ? reader.with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                                .without(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                        : reader);
    }

    /** Reads documents as trees. */
    public JsonReader reader() {
        return new JsonReader(mapper.readerFor(JsonNode.class));
    }

    /** Checks that the text is one well-formed document. Duplicate keys are allowed. */
    public void check(byte[] document) {
        Utf8.check(document);
        try (JsonParser parser = mapper.tokenStreamFactory().createParser(ObjectReadContext.empty(), document)) {
            check(parser);
        }
    }

    private static void check(JsonParser parser) {
        try {
            if (parser.nextToken() == null) {
                throw Refusal.invalid("a JSON document is required");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw Refusal.invalid("invalid JSON: unexpected content after the document");
            }
        } catch (JacksonException failure) {
            throw JsonRefusal.from(failure, parser);
        }
    }

    /** The value as UTF-8. An unpaired surrogate, which UTF-8 cannot encode, is escaped. */
    public byte[] write(Object value) {
        try {
            return writer.writeValueAsBytes(value);
        } catch (StreamWriteException unpairedSurrogate) {
            return writer.with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsBytes(value);
        }
    }

    /** The object, as {@link #write} writes it, as a tree of plain values. Numbers are exact. */
    public Map<String, @Nullable Object> tree(Object value) {
        return mapper.readValue(write(value), TREE);
    }
}
