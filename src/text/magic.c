/* People point at the file next to the right one. A file that announces what it is gets told what to do with
 * it. */
#include "text/magic.h"

#include <string.h>

static const struct {
    const char *bytes;
    size_t length;
    const char *what, *advice;
} magics[] = {
#define MAGIC(bytes, what, advice)                                                                                     \
    {                                                                                                                  \
        bytes, sizeof(bytes) - 1, what, advice                                                                         \
    }
    MAGIC("\x93NUMPY", "a NumPy file (.npy)", "write it as text first, numpy.savetxt does that"),
    MAGIC("\x89HDF\r\n\x1a\n", "an HDF5 file (NWB, SONATA and MATLAB 7.3 are such)",
          "export time and neuron as CSV first, h5dump or h5py does that"),
    MAGIC("\x1f\x8b", "compressed with gzip twice", "unpack it once first with gunzip"),
    MAGIC("BZh", "compressed with bzip2", "unpack it first with bunzip2"),
    MAGIC("\xfd"
          "7zXZ",
          "compressed with xz", "unpack it first with unxz"),
    MAGIC("\x28\xb5\x2f\xfd", "compressed with zstd", "unpack it first with unzstd"),
    MAGIC("PK\x03\x04", "a zip archive (.npz and .xlsx are such)", "export time and neuron as CSV first"),
    MAGIC("MATLAB 5.0", "a MATLAB file", "write it as text first, writematrix does that"),
    MAGIC("\x80\x04\x95", "a Python pickle", "write it as text first, numpy.savetxt or DataFrame.to_csv does that"),
    MAGIC("SQLite format 3", "an SQLite database", "export time and neuron as CSV first"),
    MAGIC("\x89PNG", "a PNG picture", "lifscope reads tables of spikes"),
    MAGIC("\xff\xd8\xff", "a JPEG picture", "lifscope reads tables of spikes"),
    MAGIC("GIF8", "a GIF picture", "lifscope reads tables of spikes"),
    MAGIC("II*\0", "a TIFF picture", "lifscope reads tables of spikes"),
    MAGIC("MM\0*", "a TIFF picture", "lifscope reads tables of spikes"),
    MAGIC("NEX1", "a NeuroExplorer file (.nex)", "export the timestamps as text there"),
    MAGIC("NEX5", "a NeuroExplorer file (.nex5)", "export the timestamps as text there"),
    MAGIC("PLEX", "a Plexon file (.plx)", "export the timestamps as text, OfflineSorter or NeuroExplorer does that"),
    MAGIC("NEURALEV", "a Blackrock file (.nev)", "export time and unit as CSV first"),
    MAGIC("NEURALCD", "a Blackrock file", "export time and unit as CSV first"),
    MAGIC("MCSSTRM", "a Multi Channel Systems file (.mcd)", "convert it to text with MC_DataTool"),
    MAGIC("PAR1", "a Parquet file", "export time and neuron as CSV first"),
    MAGIC("%PDF", "a PDF document", "lifscope reads tables of spikes"),
    MAGIC("\x7f"
          "ELF",
          "a program", "lifscope reads tables of spikes"),
    MAGIC("version https://git-lfs", "a pointer to a file that Git LFS keeps elsewhere",
          "git lfs pull brings the file itself"),
    MAGIC("<!DOCTYPE", "a web page", "lifscope reads tables of spikes"),
    MAGIC("<html", "a web page", "lifscope reads tables of spikes"),
    MAGIC("{\"", "JSON", "write time and neuron of each spike as a row of CSV first"),
    MAGIC("{\n", "JSON", "write time and neuron of each spike as a row of CSV first"),
#undef MAGIC
};

bool magic_check(const char *bytes, size_t length, struct error *error)
{
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (length >= magics[i].length && memcmp(bytes, magics[i].bytes, magics[i].length) == 0)
            return error_set(error, "this is %s; %s", magics[i].what, magics[i].advice);
    return true;
}
