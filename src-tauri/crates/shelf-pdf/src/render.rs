//! Pictures of pages.

use crate::protocol::{ImageFormat, MOST_PIXELS, PageImage};
use pdfium_render::prelude::*;

/// A page so many pixels wide, or less where a side would be longer than [`MOST_PIXELS`].
pub(crate) fn render(page: &PdfPage<'_>, width: u32) -> Result<PageImage, String> {
    let (width, height) = pixels(page.width().value, page.height().value, width)?;
    let config = PdfRenderConfig::new()
        .set_fixed_size(width as Pixels, height as Pixels)
        .set_format(PdfBitmapFormat::BGRx);
    let bitmap = page
        .render_with_config(&config)
        .map_err(|error| error.to_string())?;
    let pixels = bitmap.as_raw_bytes();
    encode(&pixels, width, height)
}

/// The size of the picture of a page so many points wide and high.
fn pixels(page_width: f32, page_height: f32, width: u32) -> Result<(u32, u32), String> {
    let sound = |points: f32| points.is_finite() && points > 0.0;
    if !sound(page_width) || !sound(page_height) {
        return Err(format!("a page of {page_width} × {page_height} points"));
    }
    let most = f64::from(MOST_PIXELS);
    let width = f64::from(width.clamp(1, MOST_PIXELS));
    let height = width * f64::from(page_height) / f64::from(page_width);
    let shrink = (most / height).min(1.0);
    let whole = |pixels: f64| (pixels * shrink).round().clamp(1.0, most) as u32;
    Ok((whole(width), whole(height)))
}

/// Encodes RGBx. Most pages are black on white: gray as PNG is the fastest to encode and to show. Of a
/// page in colour, WebP takes some milliseconds more than PNG but makes a third of the bytes.
fn encode(pixels: &[u8], width: u32, height: u32) -> Result<PageImage, String> {
    if pixels.len() != width as usize * height as usize * 4 {
        return Err("a picture of another size than was asked for".to_string());
    }
    let (format, bytes) = match gray(pixels) {
        Some(gray) => (ImageFormat::Png, png(&gray, width, height)?),
        None => {
            let colours = pixels.chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]);
            let colours: Vec<u8> = colours.collect();
            (ImageFormat::WebP, webp(&colours, width, height)?)
        }
    };
    Ok(PageImage {
        format,
        width,
        height,
        bytes,
    })
}

fn png(gray: &[u8], width: u32, height: u32) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    encoder.set_filter(png::Filter::Up);
    encoder
        .write_header()
        .and_then(|mut writer| writer.write_image_data(gray))
        .map_err(|error| error.to_string())?;
    Ok(bytes)
}

fn webp(colours: &[u8], width: u32, height: u32) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    image_webp::WebPEncoder::new(&mut bytes)
        .encode(colours, width, height, image_webp::ColorType::Rgb8)
        .map_err(|error| error.to_string())?;
    Ok(bytes)
}

/// One byte a pixel, where no pixel has a colour.
fn gray(pixels: &[u8]) -> Option<Vec<u8>> {
    let mut gray = Vec::with_capacity(pixels.len() / 4);
    for pixel in pixels.chunks_exact(4) {
        if pixel[0] != pixel[1] || pixel[1] != pixel[2] {
            return None;
        }
        gray.push(pixel[0]);
    }
    Some(gray)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_keeps_the_shape_of_its_page_within_the_limit() {
        assert_eq!(pixels(595.0, 842.0, 893), Ok((893, 1264)));
        assert_eq!(pixels(595.0, 842.0, 100_000), Ok((2827, 4000)));
        assert_eq!(pixels(1e6, 1e6, 893), Ok((893, 893)));
        assert_eq!(pixels(1e6, 1.0, 893), Ok((893, 1)));
        assert_eq!(pixels(1.0, 1e6, 893), Ok((1, 4000)));
        assert_eq!(pixels(595.0, 842.0, 0), Ok((1, 1)));
        assert!(pixels(0.0, 842.0, 893).is_err());
        assert!(pixels(f32::NAN, 842.0, 893).is_err());
    }

    #[test]
    fn what_has_no_colour_is_kept_in_gray_and_nothing_is_lost() {
        let gray = encode(&[7, 7, 7, 255, 9, 9, 9, 0], 2, 1).unwrap();
        assert_eq!(gray.format, ImageFormat::Png);
        let decoder = png::Decoder::new(std::io::Cursor::new(gray.bytes));
        let mut reader = decoder.read_info().unwrap();
        let mut out = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut out).unwrap();
        assert_eq!(out, [7, 9]);
        let colour = encode(&[7, 7, 7, 255, 9, 8, 9, 0], 2, 1).unwrap();
        assert_eq!(colour.format, ImageFormat::WebP);
        let decoder = image_webp::WebPDecoder::new(std::io::Cursor::new(colour.bytes));
        let mut decoder = decoder.unwrap();
        assert!(!decoder.has_alpha());
        let mut out = vec![0; decoder.output_buffer_size().unwrap()];
        decoder.read_image(&mut out).unwrap();
        assert_eq!(out, [7, 7, 7, 9, 8, 9]);
        assert!(encode(&[0; 4], 2, 1).is_err());
    }
}
