package calendar

// The months of the Korean lunar years 1911 to 2050: bit i is set if the i-th month, the leap month counted in its place,
// has 30 days instead of 29; the bits from 13 on are the number of the month that is repeated as a leap month, 0 for
// none. Lunar 2050 is known up to its 11th month, day 18.
//
// The Korean calendar is not the Chinese one: where a new moon falls between midnight in Seoul and midnight in Beijing the
// month begins a day later, as on Seollal 1997, 2027 and 2028. The table was derived from the data of the Korea Astronomy
// and Space Science Institute as they are published in korean-lunar-calendar 0.4.0, and compared with it for every day of
// 1912 to 2050, both ways. Its licence:
//
// # MIT License
//
// # Copyright (c) 2022 Jinil Lee
//
// Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
// documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
// rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
// persons to whom the Software is furnished to do so, subject to the following conditions:
//
// The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
// Software.
//
// THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
// WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
// COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
// OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
var lunarYears = [...]uint32{
	0xdb25, 0x0b25, 0x0a4b, 0xb29b, 0x0aad, 0x056a, 0x4b69, 0x0ba9, 0xfb52, 0x0d92, // 1911
	0x0d25, 0xba4d, 0x0956, 0x02b5, 0x95ad, 0x06d4, 0x0da9, 0x5d92, 0x0e92, 0xcd26, // 1921
	0x0527, 0x0a57, 0xb2b6, 0x0ada, 0x06d4, 0x6ea9, 0x0749, 0xf693, 0x0a93, 0x052b, // 1931
	0xca5b, 0x096d, 0x0b6a, 0x9b54, 0x0ba4, 0x0b49, 0x5a93, 0x0a95, 0xf52b, 0x052d, // 1941
	0x0aad, 0xb56a, 0x0db2, 0x0da4, 0x7d49, 0x0d4a, 0x11a95, 0x0a96, 0x0556, 0xcab5, // 1951
	0x0ad5, 0x06d2, 0x8ea5, 0x0ea5, 0x0e4a, 0x6c96, 0x0a9b, 0xf556, 0x056a, 0x0b59, // 1961
	0xb752, 0x0752, 0x0725, 0x964b, 0x0a4b, 0x112ab, 0x02ad, 0x056b, 0xcb69, 0x0da9, // 1971
	0x0d92, 0x9b25, 0x0d25, 0x15a4d, 0x0a56, 0x02b6, 0xd5ad, 0x06d4, 0x0da9, 0xbd92, // 1981
	0x0e92, 0x0d26, 0x6a56, 0x0a57, 0x112b6, 0x0b5a, 0x06d4, 0xaec9, 0x0749, 0x0693, // 1991
	0x9527, 0x052b, 0x0a5b, 0x555a, 0x036a, 0xfb55, 0x0ba4, 0x0b49, 0xba93, 0x0a95, // 2001
	0x052d, 0x6a5d, 0x0aad, 0x135aa, 0x05d2, 0x0da5, 0xbd4a, 0x0d4a, 0x0a95, 0x952d, // 2011
	0x0556, 0x0ab5, 0x55aa, 0x06d2, 0xcea5, 0x0ea5, 0x0e4a, 0xac96, 0x0c9b, 0x055a, // 2021
	0x6ad5, 0x0b69, 0x17752, 0x0752, 0x0b25, 0xd64b, 0x0a4b, 0x04ab, 0xa55b, 0x056d, // 2031
	0x0b69, 0x5b52, 0x0d92, 0xfd25, 0x0d25, 0x0a4d, 0xb4ad, 0x02b6, 0x05b5, 0x65a9, // 2041
}
