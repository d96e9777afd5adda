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
 * JSON as this edge reads and writes it. In: strict UTF-8, no key twice, at most 100 levels and 1,000 digits, numbers
 * with every digit, no kind of value taken for another; fields are the components of records. Out: absent components are
 * left out, empty {@code Optional}s are {@code null}, decimals in plain digits, times in UTC with {@code Z}.
 */
public final class Json {

    /** Levels of objects and arrays that are read. */
    public static final int DEEPEST = 100;
    /** Characters of a number that are read. */
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
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                // Absent is 0 or false; Jackson cannot tell absent from null here.
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                // Asked for by hand, for a better sentence.
                .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                // A process that starts for one request need not learn to read what the other functions take.
                .disable(DeserializationFeature.EAGER_DESERIALIZER_FETCH)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(MapperFeature.INFER_RECORD_GETTERS_FROM_COMPONENTS_ONLY)
                .annotationIntrospector(new NoNullsInside())
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

    /** Nothing is taken for another kind; a whole number is a number, though. */
    private static CoercionAction action(LogicalType kind, CoercionInputShape shape) {
        boolean same = switch (shape) {
            case Integer -> kind == LogicalType.Float;
            case EmptyArray -> kind == LogicalType.Collection;
            case EmptyString -> kind == LogicalType.Textual;
            default -> false;
        };
        return same ? CoercionAction.TryConvert : CoercionAction.Fail;
    }

    private static JsonFactory factory() {
        return JsonFactory.builder()
                // Bytes are UTF-8, as RFC 8259 has it, not UTF-16 because they look like it.
                .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        // What bounds a string is the body.
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
     * @param strict whether fields that the type does not have are refused instead of ignored
     */
    public JsonReader reader(JavaType type, boolean strict) {
        ObjectReader reader = mapper.readerFor(type);
        return new JsonReader(strict ? reader.with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES) : reader);
    }

    /** Reads documents as they are. */
    public JsonReader reader() {
        return new JsonReader(mapper.readerFor(JsonNode.class));
    }

    /** Checks that it is one document, whatever it says: a key may stand twice. */
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
                throw Refusal.invalid("invalid JSON: something follows the document");
            }
        } catch (JacksonException failure) {
            throw JsonRefusal.from(failure, parser);
        }
    }

    /** The value as UTF-8; half of a surrogate pair, which UTF-8 cannot say, is escaped. */
    public byte[] write(Object value) {
        try {
            return writer.writeValueAsBytes(value);
        } catch (StreamWriteException halfPair) {
            return writer.with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsBytes(value);
        }
    }

    /** The object as {@link #write} writes it, as a tree of plain values; numbers have every digit. */
    public Map<String, @Nullable Object> tree(Object value) {
        return mapper.readValue(write(value), TREE);
    }
}
