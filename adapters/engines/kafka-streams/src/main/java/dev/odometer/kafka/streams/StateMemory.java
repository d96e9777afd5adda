package dev.odometer.kafka.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds the memory of all RocksDB stores of the process together. By default, each segment of each store of each
 * partition has a cache and write buffers of its own. Created by Kafka Streams.
 */
public final class StateMemory implements RocksDBConfigSetter {

    /** The property that holds an instance of {@link Shared}. */
    static final String SHARED = "odometer.state.memory";

    private static final int WRITE_BUFFER_BYTES = 4 << 20;
    private static final int MAX_WRITE_BUFFERS = 2;
    private static final int WRITE_BUFFER_SHARE = 2;

    /** The cache, which also accounts for the write buffers: they take at most half of it. */
    static final class Shared implements AutoCloseable {

        private final Cache cache;
        private final WriteBufferManager writeBuffers;

        Shared(long bytes) {
            RocksDB.loadLibrary();
            cache = new LRUCache(bytes);
            writeBuffers = new WriteBufferManager(bytes / WRITE_BUFFER_SHARE, cache);
        }

        @Override
        public void close() {
            writeBuffers.close();
            cache.close();
        }
    }

    @Override
    public void setConfig(String store, Options options, Map<String, Object> properties) {
        if (properties.get(SHARED) instanceof Shared shared
                && options.tableFormatConfig() instanceof BlockBasedTableConfig table) {
            table.setBlockCache(shared.cache);
            table.setCacheIndexAndFilterBlocks(true);
            table.setPinTopLevelIndexAndFilter(true);
            options.setTableFormatConfig(table);
            options.setWriteBufferManager(shared.writeBuffers);
            options.setWriteBufferSize(WRITE_BUFFER_BYTES);
            options.setMaxWriteBufferNumber(MAX_WRITE_BUFFERS);
        }
    }

    @Override
    public void close(String store, Options options) {
        // The cache is shared, and is closed after the stores.
    }
}
